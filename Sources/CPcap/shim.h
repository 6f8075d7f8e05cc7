/* libpcap as Swift sees it: reading and writing capture files. */
#include <pcap/pcap.h>
