"""Both ways between `ipsec-la esp` and Scapy, and our captures through tshark, over the whole product."""

import itertools
import logging
import pathlib
import subprocess
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)
from scapy.layers.inet import ICMP, IP, TCP, UDP  # noqa: E402
from scapy.layers.inet6 import IPv6  # noqa: E402
from scapy.layers.ipsec import AH, ESP, SecurityAssociation  # noqa: E402
from scapy.packet import Raw  # noqa: E402
from scapy.utils import RawPcapReader, PcapWriter  # noqa: E402

ipsec_la, work = sys.argv[1], pathlib.Path(sys.argv[2])
work.mkdir(parents=True, exist_ok=True)
SPI = 0x1000
HIGH = 3  # the high half of the sequence numbers with ESN

# Ours, Scapy's, key bytes, salt bytes.
AEAD = [
    (f"aes-gcm-16", "AES-GCM", size, 4) for size in (16, 24, 32)
] + [("aes-ccm-16", "AES-CCM", size, 3) for size in (16, 24, 32)] + [
    ("aes-gmac", "AES-NULL-GMAC", size, 4) for size in (16, 24, 32)
] + [("chacha20-poly1305", "CHACHA20-POLY1305", 32, 4)]
CIPHERS = [("null", "NULL", 0, 0), ("3des-cbc", "3DES", 24, 0)] + [
    (ours, theirs, size, salt)
    for ours, theirs, salt in (("aes-cbc", "AES-CBC", 0), ("aes-ctr", "AES-CTR", 4))
    for size in (16, 24, 32)
]
AUTHENTICATORS = [
    ("hmac-md5-96", "HMAC-MD5-96", 16), ("hmac-sha1-96", "HMAC-SHA1-96", 20),
    ("hmac-sha256-128", "SHA2-256-128", 32), ("hmac-sha384-192", "SHA2-384-192", 48),
    ("hmac-sha512-256", "SHA2-512-256", 64), ("aes-cmac-96", "AES-CMAC-96", 16),
]
GATEWAYS = {4: ("192.0.2.1", "192.0.2.2"), 6: ("2001:db8::1", "2001:db8::2")}


def pattern(count, start):
    return bytes((start + index) & 0xFF for index in range(count))


def suites(protocol):
    """Pairs of our YAML lines and Scapy's arguments."""
    if protocol == "ah":
        for ours, theirs, size in AUTHENTICATORS:
            key = pattern(size, 50)
            yield ours, f'authentication: {{algorithm: {ours}, key: "0x{key.hex()}"}}', dict(auth_algo=theirs, auth_key=key)
        return
    for ours, theirs, size, salt in AEAD:
        if theirs not in SCAPY_CIPHERS:
            continue
        key = pattern(size + salt, 1)
        yield f"{ours}/{size * 8}", f'aead: {{algorithm: {ours}, key: "0x{key.hex()}"}}', dict(crypt_algo=theirs, crypt_key=key)
    pairs = [(cipher, AUTHENTICATORS[2]) for cipher in CIPHERS] + [(CIPHERS[2], other) for other in AUTHENTICATORS]
    for (cipher, their_cipher, size, salt), (mac, their_mac, mac_size) in pairs:
        key, mac_key = pattern(size + salt, 1), pattern(mac_size, 50)
        yaml = f'encryption: {{algorithm: {cipher}, key: "0x{key.hex()}"}}\n    authentication: {{algorithm: {mac}, key: "0x{mac_key.hex()}"}}'
        yield f"{cipher}/{size * 8}+{mac}", yaml, dict(
            crypt_algo=their_cipher, crypt_key=key or None, auth_algo=their_mac, auth_key=mac_key)


SCAPY_CIPHERS = __import__("scapy.layers.ipsec", fromlist=["CRYPT_ALGOS"]).CRYPT_ALGOS


def packets(version):
    header = IP(src="10.1.0.1", dst="10.2.0.2", ttl=9) if version == 4 else IPv6(src="2001:db8:1::1", dst="2001:db8:2::2")
    for payload in (UDP(sport=1000, dport=2000) / Raw(pattern(33, 0)), TCP(sport=1, dport=2), UDP(sport=3000, dport=3001) / Raw(b"x" * 1200)):
        packet = header.copy() / payload
        yield type(header)(bytes(packet))


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


def any_ip(data):
    return IP(data) if data[0] >> 4 == 4 else IPv6(data)


def check(what, got, expected):
    if [bytes(packet) for packet in got] != [bytes(packet) for packet in expected]:
        for mine, theirs in zip(got, expected):
            print(f"  {bytes(mine).hex()}\n  {bytes(theirs).hex()}")
        sys.exit(f"{what}: {len(got)} packets, not the {len(expected)} expected")


def tshark_opens(path, table, version, extended):
    """How many packets tshark decrypts with a good ICV."""
    lines = [line for line in table.read_text().splitlines() if not line.startswith("#")]
    command = ["tshark", "-r", str(path), "-o", "esp.enable_encryption_decode:TRUE",
               "-o", "esp.enable_authentication_check:TRUE", "-o", f"uat:esp_sa:{lines[0]}",
               "-Y", "(udp || tcp) && esp.icv_good == 1"]
    return len(subprocess.run(command, capture_output=True, text=True).stdout.splitlines())


def main():
    checked = decrypted = 0
    for protocol in ("esp", "ah"):
        for name, yaml, arguments in suites(protocol):
            for tunnel, inner, extended, udp in itertools.product((4, 6, None), (4, 6), (False, True), (False, True)):
                if udp and (protocol == "ah" or (tunnel or inner) == 6):
                    continue  # RFC 3948 has none for AH; Scapy none over IPv6
                what = f"{protocol} {name} {'tunnel over IPv%d' % tunnel if tunnel else 'transport'}, IPv{inner} inside" + (
                    ", ESN" if extended else "") + (", UDP" if udp else "")
                inner_packets = list(packets(inner))
                source, destination = GATEWAYS[tunnel] if tunnel else (inner_packets[0].src, inner_packets[0].dst)
                mode = "tunnel" if tunnel else "transport"
                first = HIGH << 32 if extended else 0
                text = "".join(f"""
  - name: {direction}
    direction: {direction}
    spi: {SPI}
    protocol: {protocol}
    mode: {mode}
    source: "{source}"
    destination: "{destination}"
    {yaml}
    esn: {str(extended).lower()}
    sequence: {first + 7}
""" + ("    udp-encapsulation: {source-port: 4500, destination-port: 4500}\n" if udp else "") for direction in ("out", "in"))
                associations = work / "sa.yaml"
                associations.write_text("associations:" + text)
                plain, sealed, opened, table = (work / f"{part}" for part in ("in.pcap", "sealed.pcap", "opened.pcap", "esp_sa"))
                write(plain, inner_packets)

                header = None
                if tunnel:
                    header = IP(src=source, dst=destination) if tunnel == 4 else IPv6(src=source, dst=destination)
                peer = SecurityAssociation(
                    ESP if protocol == "esp" else AH, spi=SPI, seq_num=8, tunnel_header=header,
                    nat_t_header=UDP(sport=4500, dport=4500) if udp else None, esn_en=extended, esn=HIGH, **arguments)

                run("encap", "--allow-legacy", "--allow-unauthenticated", "--sa", associations, "--wireshark-sa", table, plain, sealed)
                frames = read(sealed)
                check(f"Scapy opens ours: {what}", [peer.decrypt(any_ip(frame)) for frame in frames], inner_packets)
                if protocol == "esp" and not udp and not extended and TSHARK_KNOWS(name):
                    count = tshark_opens(sealed, table, tunnel or inner, extended)
                    if count != len(frames):
                        sys.exit(f"tshark decrypts {count} of {len(frames)}: {what}")
                    decrypted += count

                write(sealed, [peer.encrypt(packet) for packet in inner_packets])
                summary = run("decap", "--allow-legacy", "--allow-unauthenticated", "--sa", associations, sealed, opened)
                check(f"we open Scapy's: {what}\n{summary}", read(opened), inner_packets)
                checked += 1
    print(f"{checked} configurations both ways with Scapy; {decrypted} packets decrypted by tshark")
    if not decrypted:
        sys.exit("tshark decrypted nothing")


def TSHARK_KNOWS(name):
    """Wireshark 4.0 decrypts neither CCM nor ChaCha20-Poly1305, and does not check GMAC or CMAC."""
    return not name.startswith(("aes-ccm", "chacha", "aes-gmac")) and "cmac" not in name


main()
