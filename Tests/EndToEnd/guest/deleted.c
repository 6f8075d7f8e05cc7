// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * deleted DEVICE: the memory of a packet is not there yet when its SA is deleted, and comes after a reset
 * of the device (which /run/go says is over), when another program's SA has that handle. The packet is
 * refused, and not sent under the other's key.
 */
#define _GNU_SOURCE
#include "accelerator.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE 4096
#define LENGTH 300
/* Where it is, behind an IPv4 header. */
#define SPI 20

struct sending {
    int fd;
    uint64_t sa;
    uint8_t *input;
    uint8_t output[PAGE];
    struct ipsec_la_packet packet;
};

static void *start_sending(void *argument)
{
    struct sending *sending = argument;

    sending->packet =
        process_one(sending->fd, sending->sa, sending->input, LENGTH, sending->output, sizeof(sending->output));
    return NULL;
}

/* A page whose readers wait until give_page(). */
static uint8_t *missing_page(int *faults)
{
    struct uffdio_api api = { .api = UFFD_API };
    struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
    void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    *faults = syscall(SYS_userfaultfd, O_CLOEXEC);
    range.range.start = (uintptr_t)page;
    range.range.len = PAGE;
    if (page == MAP_FAILED || *faults < 0 || ioctl(*faults, UFFDIO_API, &api) ||
        ioctl(*faults, UFFDIO_REGISTER, &range)) {
        fail("userfaultfd: %s", strerror(errno));
    }
    return page;
}

static void give_page(int faults, uint8_t *page, const uint8_t *bytes)
{
    struct uffdio_copy copy = { .dst = (uintptr_t)page, .src = (uintptr_t)bytes, .len = PAGE };

    if (ioctl(faults, UFFDIO_COPY, &copy)) {
        fail("userfaultfd: %s", strerror(errno));
    }
}

int main(int argc, char **argv)
{
    static uint8_t plain[PAGE] __attribute__((aligned(PAGE)));
    static struct sending sending;
    struct sa sa = { .suite = find_suite("aes-gcm"), .spi = 0x6000 };
    struct ipsec_la_info info;
    struct uffd_msg fault;
    pthread_t thread;
    uint64_t other_sa;
    int faults, other;

    if (argc != 2) {
        fail("usage: deleted DEVICE");
    }
    sending.fd = open_accelerator(argv[1], &info);
    other = open_accelerator(argv[1], &info);
    sending.sa = add_sa(sending.fd, VIRTIO_IPSEC_OP_ENCAP, &sa);
    sa.spi++;
    other_sa = add_sa(other, VIRTIO_IPSEC_OP_ENCAP, &sa);
    sending.input = missing_page(&faults);
    make_packet(plain, LENGTH, false, 0);
    if (pthread_create(&thread, NULL, start_sending, &sending) ||
        read(faults, &fault, sizeof(fault)) != sizeof(fault)) {
        fail("no packet is on its way");
    }
    delete_sa(sending.fd, sending.sa);

    puts("ready");
    fflush(stdout);
    while (access("/run/go", F_OK)) {
        usleep(10000);
    }
    give_page(faults, sending.input, plain);
    pthread_join(thread, NULL);
    printf("the packet: %s, %u bytes\n", strerror(sending.packet.error), sending.packet.output_length);
    if (sending.packet.error != ENOENT || sending.packet.output_length) {
        fail("that is wrong; its SPI is 0x%02x%02x", sending.output[SPI + 2], sending.output[SPI + 3]);
    }
    if (process_one(other, other_sa, plain, LENGTH, sending.output, PAGE).sequence != 1) {
        fail("the other SA has lost a sequence number");
    }
    return 0;
}
