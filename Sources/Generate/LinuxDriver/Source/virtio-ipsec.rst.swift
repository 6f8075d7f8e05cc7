extension LinuxDriver {
  static let virtioIpsecRst = DriverFile(
    "Documentation/driver-api/virtio-ipsec.rst",
    "What the driver of virtio-ipsec accelerators is, and how it is used.",
    #"""
=====================================
virtio-ipsec: look-aside accelerators
=====================================

The device takes IP packets and gives them back encapsulated or decapsulated.
It stands beside the network stack, not in front of a wire: a packet goes to it
and comes back. It keeps SAs, sequence numbers and replay windows itself.

Building
========

Out of the kernel's tree, for 6.1 to 6.12::

  make -C drivers/crypto/virtio-ipsec KERNEL=/lib/modules/$(uname -r)/build
  make -C drivers/crypto/virtio-ipsec CONFIG_VIRTIO_IPSEC_DEBUGFS=y

In a tree, ``Kconfig`` and ``Kbuild`` do it; what differs between kernels is in
``compat.h`` alone. Layouts, parsers and builders of messages, features and the
names of numbers are generated from the definition of the device, and so is
``<linux/g_ipsec_la.h>``.

Parameter ``command_timeout_ms`` (5000): how long a device may take for a
command, for a packet that somebody waits for, or to make room in a queue that
is full, before it is reset.

From probe to remove
====================

Before FEATURES_OK, features that need another one which is not offered are
dropped, and the version is chosen: a device that does not list it is refused.
The number of data queues is the least common multiple of twice the number of
CPUs that are online and the device's scaling, at most what the device has.
Each CPU has its own pair (or pairs), with interrupts and completions on that
CPU. CPUs that come later share the pairs there are.

Packets are mapped, not copied. Several of one SA go into one chain where
VIRTIO_IPSEC_F_MULTI_PACKET was negotiated, and one notification is sent for
all. Interrupts start work on the queue's CPU; that takes 64 chains at a time,
with the queue's interrupts off. Chains have their headers from the start: the
driver allocates nothing for a packet, apart from what virtio's core does for an
indirect table, and one block for each call of the g-API.

A device that sets NEEDS_RESET, or that does not answer in time, is reset:
packets in flight come back with -EIO, groups and SAs are made again under the
same numbers, and calls that came meanwhile go on. No sequence number is used
twice: an outbound SA goes on behind as many numbers as packets were submitted,
and an inbound one takes what came before the highest number received as
received. Lifetimes go on with what is left of them: a packet that a reset
took counts, as it may have been processed, and so does one that was refused
because its result did not fit, or was of an IP version that was not
negotiated. Statistics go on with what is known to have been processed, with
dummies, except those of a bundle; those of errors begin again. What an inbound
bundle refuses for other reasons counts for none of its SAs, as the device does
not say which of them had processed it. An SA that the device refuses to make
again, or that has nothing left, stays, lost: its packets are refused with
-EKEYREJECTED. So does an inbound bundle with a replay window that was used: of
its SAs, the device tells the innermost's sequence number alone. With a group that it refuses, all its SAs are.
After three attempts the device is given up, and whoever has it open is told.
Suspend and resume are the same, with the packets in flight waited for.

Keys are erased when an SA goes, from requests as soon as these are answered,
and are in no message of the log.

A device is not trusted: used lengths, counts, statuses and lengths are read
once and checked, answers are parsed from a copy, and a completion that the
device did not write is none. What makes no sense ends in -EPROTO, and is
counted.

Use from other modules
======================

``<linux/g_ipsec_la.h>`` has the functions of the g-API. In short::

  struct g_ipsec_la_open_inargs in = { .app_identity = "example" };
  struct g_ipsec_la_open_outargs out;

  err = g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &in, &out);
  err = g_ipsec_la_sa_add(&out.handle, &add, 0, &added, NULL);
  err = g_ipsec_la_packet_encap(&out.handle, G_IPSEC_LA_CTRL_FLAG_ASYNC,
                                &added.handle, 1, &packet, &room, &resp);

Use from a program
==================

``/dev/ipsec-la0`` and so on, by ``<linux/ipsec_la.h>``: ioctls add, change,
read and delete SAs and process up to 256 packets at once, and read() gives
events. SAs are described as ``<linux/virtio_ipsec.h>`` has them, attributes
included, so that all the device can do with an SA is in reach. Packets are
copied to and from memory of the kernel. An open file's SAs go with it.

Why it is no XFRM offload
=========================

- ``struct xfrmdev_ops`` belongs to a ``struct net_device``. With
  XFRM_DEV_OFFLOAD_CRYPTO the stack makes the ESP header and trailer, and the
  NIC encrypts what it transmits; with XFRM_DEV_OFFLOAD_PACKET (since 6.2) it
  gives the NIC the plain packet. In both cases the packet leaves through that
  NIC: there is no way back for one that was processed, which is what a
  look-aside device gives. A net_device in front of one would have to take over
  the routes of the real ones.
- The crypto API, where accelerators are usually found, would want an AEAD:
  esp4 and esp6 make the header, the IV and the sequence number themselves and
  ask for one encryption. The device does the whole of ESP and has no command
  for less; its sequence numbers and the stack's would be two.
- ``xfrm_register_type()`` takes one type for each protocol and family, and
  esp4 and esp6 have those. In their place the stack would still count
  (``x->repl``), check replays before ``type->input`` and make the tunnel
  header before ``type->output``: everything twice.

What serves both is a program with a TUN device or AF_PACKET sockets on one
side and ``/dev/ipsec-laN`` on the other, which is how user-space network
functions work; a kernel whose stack lets a state be processed as a whole,
asynchronously and without a net_device, could be served by the g-API.

Trying it from a shell
======================

With CONFIG_VIRTIO_IPSEC_DEBUGFS, for tests only::

  cd /sys/kernel/debug/virtio_ipsec/ipsec-la0
  cat info
  echo "encap spi=0x1000 cipher=aes_gcm_icv16 key=HEX salt=HEX \
    tunnel=192.0.2.1,192.0.2.2" > sa
  cat sa
  echo "1 45000014..." > packet
  cat packet
  cat events

Words of an SA: ``spi=``, ``cipher=``, ``key=``, ``salt=``, ``auth=``,
``auth_key=``, ``tunnel=SOURCE,DESTINATION``, ``udp=SOURCE,DESTINATION``,
``window=``, ``pad_to=``, ``events=`` (a set of bits), ``interval=``,
``soft_bytes=``, ``hard_bytes=``, ``soft_packets=``, ``hard_packets=``, and
``ah``, ``esn``, ``wesp``, ``ecn``.

What it does not do
===================

Versions 0.4 and 1.0 of the device, whose messages are packed and in the
guest's byte order. Diffie-Hellman and the saving of a device's state, which
concern IKE and the host. IPComp, which no message carries. Algorithms that
have to be turned on first, and random numbers.

"""#)
}
