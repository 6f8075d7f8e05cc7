"""Both ways between `ipsec-la esp` and Scapy, and our captures through tshark, over the whole product."""

import itertools
import logging
import pathlib
import subprocess
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.layers import ipsec  # noqa: E402
from scapy.layers.inet import IP, TCP, UDP, IPOption_Router_Alert, IPOption_Timestamp  # noqa: E402
from scapy.layers.inet6 import IPv6, IPv6ExtHdrHopByHop, PadN, RouterAlert  # noqa: E402
from scapy.layers.ipsec import AH, ESP, SecurityAssociation  # noqa: E402
from scapy.packet import Raw  # noqa: E402
from scapy.utils import PcapWriter, RawPcapReader  # noqa: E402

ipsec_la, work = sys.argv[1], pathlib.Path(sys.argv[2])
work.mkdir(parents=True, exist_ok=True)
SPI = 0x1000
HIGH = 3  # the high half of the sequence numbers with ESN

# What Scapy has all the parts of, and no name for.
ipsec.AUTH_ALGOS["HMAC-SHA1-160"] = ipsec.AuthAlgo(
    "HMAC-SHA1-160", mac=ipsec.HMAC, digestmod=ipsec.hashes.SHA1, icv_size=20)

# Ours, Scapy's, key bytes, salt bytes, ICV bytes.
AEAD = (
    [("aes-gcm-16", "AES-GCM", size, 4, 16) for size in (16, 24, 32)]
    + [(f"aes-ccm-{icv}", "AES-CCM", size, 3, icv) for size in (16, 24, 32) for icv in (8, 12, 16)]
    + [("aes-gmac", "AES-NULL-GMAC", size, 4, 16) for size in (16, 24, 32)]
    + [("chacha20-poly1305", "CHACHA20-POLY1305", 32, 4, 16)]
)
CIPHERS = [("null", "NULL", 0, 0), ("des-cbc", "DES", 8, 0), ("3des-cbc", "3DES", 24, 0)] + [
    (ours, theirs, size, salt)
    for ours, theirs, salt in (("aes-cbc", "AES-CBC", 0), ("aes-ctr", "AES-CTR", 4))
    for size in (16, 24, 32)
]
AES_CBC = next(cipher for cipher in CIPHERS if cipher[0] == "aes-cbc")
AUTHENTICATORS = [
    ("hmac-md5-96", "HMAC-MD5-96", 16), ("hmac-sha1-96", "HMAC-SHA1-96", 20),
    ("hmac-sha1-160", "HMAC-SHA1-160", 20), ("hmac-sha256-128", "SHA2-256-128", 32),
    ("hmac-sha384-192", "SHA2-384-192", 48), ("hmac-sha512-256", "SHA2-512-256", 64),
    ("aes-cmac-96", "AES-CMAC-96", 16),
]
SHA256 = next(mac for mac in AUTHENTICATORS if mac[0] == "hmac-sha256-128")
GATEWAYS = {4: ("192.0.2.1", "192.0.2.2"), 6: ("2001:db8::1", "2001:db8::2")}


def pattern(count, start):
    return bytes((start + index) & 0xFF for index in range(count))


def field(name, algorithm, key):
    """A line of our YAML."""
    return f'{name}: {{algorithm: {algorithm}, key: "0x{key.hex()}"}}'


def suites(protocol):
    """What a suite is called, our YAML lines and Scapy's arguments."""
    if protocol == "ah":
        for ours, theirs, size in AUTHENTICATORS:
            key = pattern(size, 50)
            yield ours, field("authentication", ours, key), dict(auth_algo=theirs, auth_key=key)
        return
    for ours, theirs, size, salt, icv in AEAD:
        key = pattern(size + salt, 1)
        arguments = dict(crypt_algo=theirs, crypt_key=key, crypt_icv_size=icv)
        yield f"{ours}/{size * 8}", field("aead", ours, key), arguments
    pairs = [(cipher, SHA256) for cipher in CIPHERS] + [(AES_CBC, other) for other in AUTHENTICATORS]
    for (cipher, their_cipher, size, salt), (mac, their_mac, mac_size) in pairs:
        key, mac_key = pattern(size + salt, 1), pattern(mac_size, 50)
        yaml = field("encryption", cipher, key) + "\n    " + field("authentication", mac, mac_key)
        arguments = dict(crypt_algo=their_cipher, crypt_key=key or None, auth_algo=their_mac, auth_key=mac_key)
        yield f"{cipher}/{size * 8}+{mac}", yaml, arguments


def packets(version, with_options=False):
    """What is protected; with options that routers change and options that they leave alone."""
    if version == 4:
        options = [IPOption_Router_Alert(), IPOption_Timestamp()] if with_options else []
        header = IP(src="10.1.0.1", dst="10.2.0.2", ttl=9, options=options)
    else:
        header = IPv6(src="2001:db8:1::1", dst="2001:db8:2::2")
        if with_options:
            mutable = PadN(otype=0x3E, optdata=b"\1\2\3\4\5\6")
            header /= IPv6ExtHdrHopByHop(options=[RouterAlert(), mutable])
    small, large = Raw(pattern(33, 0)), Raw(b"x" * 1200)
    for payload in (UDP(sport=1000, dport=2000) / small, TCP(sport=1, dport=2), UDP(sport=3000, dport=3001) / large):
        yield any_ip(bytes(header.copy() / payload))


def any_ip(data):
    return IP(data) if data[0] >> 4 == 4 else IPv6(data)


def write(path, frames):
    writer = PcapWriter(str(path), linktype=101)
    for frame in frames:
        writer.write(bytes(frame))
    writer.close()


def read(path):
    return [frame for frame, _ in RawPcapReader(str(path))]


def run(*arguments):
    result = subprocess.run([ipsec_la, "esp", *map(str, arguments)], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"ipsec-la {' '.join(map(str, arguments))}: {result.stderr}")
    return result.stdout


def check(what, got, expected):
    if [bytes(packet) for packet in got] != [bytes(packet) for packet in expected]:
        for mine, theirs in zip(got, expected):
            print(f"  {bytes(mine).hex()}\n  {bytes(theirs).hex()}")
        sys.exit(f"{what}: {len(got)} packets, not the {len(expected)} expected")


def tshark_decrypts(name):
    """Wireshark 4.0 decrypts neither CCM nor ChaCha20-Poly1305, and does not check GMAC, CMAC or untruncated SHA-1."""
    return not name.startswith(("aes-ccm", "chacha", "aes-gmac")) and not name.endswith(("cmac-96", "sha1-160"))


def tshark_opens(path, table):
    """How many packets tshark decrypts with a good ICV."""
    lines = [line for line in table.read_text().splitlines() if not line.startswith("#")]
    command = [
        "tshark", "-r", str(path), "-o", "esp.enable_encryption_decode:TRUE",
        "-o", "esp.enable_authentication_check:TRUE", "-o", f"uat:esp_sa:{lines[0]}",
        "-Y", "(udp.port in {1000, 3000} || tcp.port == 1) && esp.icv_good == 1"]
    return len(subprocess.run(command, capture_output=True, text=True).stdout.splitlines())


class Configuration:
    """One protocol, suite, mode, IP version, ESN and UDP encapsulation."""

    def __init__(self, protocol, name, yaml, tunnel, inner, extended=False, udp=False, with_options=False):
        self.protocol, self.name, self.tunnel, self.extended, self.udp = protocol, name, tunnel, extended, udp
        self.inner_packets = list(packets(inner, with_options))
        first = self.inner_packets[0]
        self.source, self.destination = GATEWAYS[tunnel] if tunnel else (first.src, first.dst)
        parts = [f"{protocol} {name}", f"tunnel over IPv{tunnel}" if tunnel else "transport", f"IPv{inner} inside"]
        parts += [text for text, holds in (("ESN", extended), ("UDP", udp), ("options", with_options)) if holds]
        self.what = ", ".join(parts)
        self.yaml = "associations:" + "".join(self.association(direction, yaml) for direction in ("out", "in"))

    def association(self, direction, yaml):
        lines = [
            f"  - name: {direction}", f"direction: {direction}", f"spi: {SPI}", f"protocol: {self.protocol}",
            f"mode: {'tunnel' if self.tunnel else 'transport'}", f'source: "{self.source}"',
            f'destination: "{self.destination}"', yaml, f"esn: {str(self.extended).lower()}",
            f"sequence: {(HIGH << 32 if self.extended else 0) + 7}"]
        if self.udp:
            lines.append("udp-encapsulation: {source-port: 4500, destination-port: 4500}")
        return "\n" + "\n    ".join(lines)

    def seal(self):
        """Our packets, and the files that they and Wireshark's table are in."""
        paths = [work / part for part in ("sa.yaml", "in.pcap", "sealed.pcap", "esp_sa")]
        self.associations, plain, self.sealed, self.table = paths
        self.associations.write_text(self.yaml)
        write(plain, self.inner_packets)
        run("encap", "--allow-legacy", "--sa", self.associations, "--wireshark-sa", self.table, plain, self.sealed)
        return read(self.sealed)

    def compare_with_scapy(self, arguments):
        header = None
        if self.tunnel:
            header = (IP if self.tunnel == 4 else IPv6)(src=self.source, dst=self.destination)
        peer = SecurityAssociation(
            ESP if self.protocol == "esp" else AH, spi=SPI, seq_num=8, tunnel_header=header,
            nat_t_header=UDP(sport=4500, dport=4500) if self.udp else None, esn_en=self.extended, esn=HIGH,
            **arguments)
        frames = self.seal()
        check(f"Scapy opens ours: {self.what}", [peer.decrypt(any_ip(frame)) for frame in frames], self.inner_packets)
        decrypted = self.decrypt_by_tshark() if tshark_decrypts(self.name) else 0
        write(self.sealed, [peer.encrypt(packet) for packet in self.inner_packets])
        opened = work / "opened.pcap"
        summary = run("decap", "--allow-legacy", "--sa", self.associations, self.sealed, opened)
        check(f"we open Scapy's: {self.what}\n{summary}", read(opened), self.inner_packets)
        return decrypted

    def decrypt_by_tshark(self):
        # Wireshark 4.0 has no column for the high half, which only separate authenticators append.
        if self.protocol == "ah" or self.extended:
            return 0
        count = tshark_opens(self.sealed, self.table)
        if count != len(self.inner_packets):
            sys.exit(f"tshark decrypts {count} of {len(self.inner_packets)}: {self.what}")
        return count


def main():
    checked = decrypted = 0
    for protocol in ("esp", "ah"):
        for name, yaml, arguments in suites(protocol):
            modes = itertools.product((4, 6, None), (4, 6), (False, True), (False, True))
            for tunnel, inner, extended, udp in modes:
                if udp and (protocol == "ah" or (tunnel or inner) == 6):
                    continue  # RFC 3948 has none for AH; Scapy none over IPv6
                configuration = Configuration(protocol, name, yaml, tunnel, inner, extended, udp)
                decrypted += configuration.compare_with_scapy(arguments)
                checked += 1
            for inner, extended in itertools.product((4, 6), (False, True)):
                Configuration(protocol, name, yaml, None, inner, extended, False, True).compare_with_scapy(arguments)
                checked += 1
    # Scapy has no GCM with shorter ICVs; tshark has.
    for icv, size, tunnel, inner in itertools.product((8, 12), (16, 32), (4, 6, None), (4, 6)):
        yaml = field("aead", f"aes-gcm-{icv}", pattern(size + 4, 1))
        configuration = Configuration("esp", f"aes-gcm-{icv}/{size * 8}", yaml, tunnel, inner)
        configuration.seal()
        decrypted += configuration.decrypt_by_tshark()
    print(f"{checked} configurations both ways with Scapy; {decrypted} packets decrypted by tshark")
    if not decrypted:
        sys.exit("tshark decrypted nothing")


main()
