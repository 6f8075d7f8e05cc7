/*
 * Test of virtio-ipsec-la 2.0 behind a vhost-user back end, which is the first
 * half of this file.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqtest.h"
#include "libqos/libqos-pc.h"
#include "libqos/virtio-pci.h"
#include "qemu/bswap.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "qobject/qstring.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "standard-headers/linux/virtio_ipsec.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>

#define CONFIG_SIZE 256
#define PAIRS 2
#define CONTROL_QUEUE VIRTIO_IPSEC_VQ_CONTROLQ
#define MAX_PAYLOAD 512
#define MAX_DESCRIPTORS 16

/* Requests of vhost-user that take more than an acknowledgement. */
enum {
    GET_FEATURES = 1,
    SET_LOG_BASE = 6,
    GET_VRING_BASE = 11,
    SET_VRING_KICK = 12,
    SET_VRING_ERR = 14,
    GET_PROTOCOL_FEATURES = 15,
    GET_QUEUE_NUM = 17,
    GET_CONFIG = 24,
    SET_CONFIG = 25,
    GET_INFLIGHT_FD = 31,
    SET_INFLIGHT_FD = 32,
    RESET_DEVICE = 34,
    SET_DEVICE_STATE_FD = 42,
    CHECK_DEVICE_STATE = 43,
};

#define F_LOG_ALL 26
#define F_PROTOCOL_FEATURES 30
#define PROTOCOL_F_MQ 0
#define PROTOCOL_F_LOG_SHMFD 1
#define PROTOCOL_F_REPLY_ACK 3
#define PROTOCOL_F_CONFIG 9
#define PROTOCOL_F_INFLIGHT_SHMFD 12
#define PROTOCOL_F_RESET_DEVICE 13
#define PROTOCOL_F_DEVICE_STATE 19

/* Which way a state goes, and the answer that no other pipe is to be used. */
#define SAVES 0
#define USES_PIPE 0x100

/* Of the number that goes with a descriptor: the queue. */
#define VRING_INDEX_MASK 0xff

#define FLAG_VERSION 0x1
#define FLAG_REPLY 0x4
#define FLAG_NEED_REPLY 0x8

typedef struct Message {
    uint32_t request;
    uint32_t flags;
    uint32_t size;
    union {
        uint64_t number;
        struct {
            uint32_t offset;
            uint32_t size;
            uint32_t flags;
            uint8_t bytes[CONFIG_SIZE];
        } QEMU_PACKED config;
        struct {
            uint64_t size;
            uint64_t offset;
        } inflight;
        uint8_t bytes[MAX_PAYLOAD];
    };
} QEMU_PACKED Message;

#define HEADER_SIZE offsetof(Message, bytes)

/* Receives a message, and the last descriptor that comes along, if any. */
static bool receive(int fd, Message *message, int *passed)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(MAX_DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec iov = { .iov_base = message, .iov_len = HEADER_SIZE };
    struct msghdr msg = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof(control),
    };
    struct cmsghdr *cmsg;

    *passed = -1;
    if (recvmsg(fd, &msg, MSG_WAITALL) != HEADER_SIZE) {
        return false;
    }
    for (cmsg = CMSG_FIRSTHDR(&msg); cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg)) {
        size_t count = (cmsg->cmsg_len - CMSG_LEN(0)) / sizeof(int);

        for (size_t i = 0; i < count; i++) {
            if (*passed >= 0) {
                close(*passed);
            }
            memcpy(passed, CMSG_DATA(cmsg) + i * sizeof(int), sizeof(int));
        }
    }
    g_assert_cmpuint(message->size, <=, MAX_PAYLOAD);
    return message->size == 0 ||
           recv(fd, message->bytes, message->size, MSG_WAITALL) ==
           message->size;
}

/* Sends an answer, and a descriptor with it unless that is -1. */
static bool reply(int fd, Message *message, int passed)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {};
    struct iovec iov = {
        .iov_base = message,
        .iov_len = HEADER_SIZE + message->size,
    };
    struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

    if (passed >= 0) {
        msg.msg_control = &control;
        msg.msg_controllen = sizeof(control);
        control.align.cmsg_len = CMSG_LEN(sizeof(int));
        control.align.cmsg_level = SOL_SOCKET;
        control.align.cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(&control.align), &passed, sizeof(int));
    }
    return sendmsg(fd, &msg, MSG_NOSIGNAL) >= 0;
}

/* What QEMU keeps for the next back end: its state is its configuration. */
typedef struct Region {
    uint64_t identity[2];
    uint64_t state_size;
    uint8_t state[CONFIG_SIZE];
} Region;

/* How a back end ends: what the next one knows. */
typedef enum Ending {
    HANGS_UP,   /* all: it is the same one */
    ENDS,       /* what this one left in the region */
    ENDS_APART, /* that this one left what it cannot read */
    IS_KILLED,  /* nothing */
} Ending;

typedef struct Server {
    GMutex lock;
    GThread *thread;
    char *folder;
    char *path;
    char *log;
    int listener;
    int connection;
    unsigned int connections;
    bool stopping;
    /* By which the guest notifies the control queue, and is told of errors. */
    int kick;
    int error;
    unsigned int stops; /* of the control queue */
    Region *region;
    int region_fd;
    int pipe; /* through which a state moves */
    uint64_t identity;
    uint64_t features;
    uint8_t config[CONFIG_SIZE];
    bool is_fixed; /* takes nothing that is written there */
    bool is_leaving; /* hangs up instead of a reset */
    unsigned int resets;
} Server;

/* Takes over the region, and with it what an earlier back end has left. */
static void take_region(Server *server, int fd)
{
    if (server->region) {
        munmap(server->region, sizeof(Region));
        close(server->region_fd);
    }
    server->region_fd = fd;
    server->region = mmap(NULL, sizeof(Region), PROT_READ | PROT_WRITE,
                          MAP_SHARED, fd, 0);
    g_assert_true(server->region != MAP_FAILED);
    if (server->region->state_size == CONFIG_SIZE) {
        memcpy(server->config, server->region->state, CONFIG_SIZE);
        server->identity = server->region->identity[0];
    }
    server->region->identity[0] = server->identity;
    server->region->state_size = 0;
}

static void make_region(Server *server)
{
    g_autofree char *path = g_build_filename(server->folder, "region", NULL);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);

    g_assert_cmpint(fd, >=, 0);
    unlink(path);
    g_assert_cmpint(ftruncate(fd, sizeof(Region)), ==, 0);
    take_region(server, fd);
}

/* The state of a back end is its configuration. */
static void begin_state(Server *server, uint32_t direction)
{
    if (direction == SAVES) {
        g_assert_cmpint(write(server->pipe, server->config, CONFIG_SIZE), ==,
                        CONFIG_SIZE);
        close(server->pipe);
        server->pipe = -1;
    }
}

/* Takes over a state that is there as a whole; true if it is. */
static bool end_state(Server *server)
{
    bool ends = server->pipe < 0 ||
                read(server->pipe, server->config, CONFIG_SIZE) == CONFIG_SIZE;

    if (server->pipe >= 0) {
        close(server->pipe);
        server->pipe = -1;
    }
    return ends;
}

/* The configuration space as the back end starts with it. */
static void reset_config(Server *server)
{
    memset(server->config, 0, CONFIG_SIZE);
    stl_le_p(server->config + VIRTIO_IPSEC_CFG_VERSION_COUNT, 1);
    stl_le_p(server->config + VIRTIO_IPSEC_CFG_DEV_QUEUE_INFO(1),
             PAIRS << VIRTIO_IPSEC_DEV_QUEUE_MAX_PAIRS_SHIFT);
}

/* Makes the answer of a request; false where there is none. */
static bool answer(Server *server, Message *message)
{
    bool needs_reply = message->flags & FLAG_NEED_REPLY;

    switch (message->request) {
    case GET_FEATURES:
        message->number = server->features;
        message->size = sizeof(message->number);
        break;
    case GET_PROTOCOL_FEATURES:
        message->number = 1 << PROTOCOL_F_MQ | 1 << PROTOCOL_F_REPLY_ACK |
                          1 << PROTOCOL_F_CONFIG |
                          1 << PROTOCOL_F_LOG_SHMFD |
                          1 << PROTOCOL_F_INFLIGHT_SHMFD |
                          1 << PROTOCOL_F_RESET_DEVICE |
                          1 << PROTOCOL_F_DEVICE_STATE;
        message->size = sizeof(message->number);
        break;
    case GET_QUEUE_NUM:
        message->number = 256;
        message->size = sizeof(message->number);
        break;
    case GET_VRING_BASE:
        server->stops += message->number == CONTROL_QUEUE;
        break;
    case SET_LOG_BASE:
        message->number = 0;
        break;
    case SET_DEVICE_STATE_FD:
        begin_state(server, message->number);
        message->number = USES_PIPE;
        break;
    case CHECK_DEVICE_STATE:
        message->number = !end_state(server);
        message->size = sizeof(message->number);
        break;
    case RESET_DEVICE:
        server->resets++;
        if (server->is_leaving) {
            server->is_leaving = false;
            shutdown(server->connection, SHUT_RDWR);
        } else {
            reset_config(server);
        }
        return false;
    case GET_INFLIGHT_FD:
        make_region(server);
        message->inflight.size = sizeof(Region);
        message->inflight.offset = 0;
        break;
    case GET_CONFIG:
        g_assert_cmpuint(message->config.size, ==, CONFIG_SIZE);
        memcpy(message->config.bytes, server->config, CONFIG_SIZE);
        break;
    case SET_CONFIG:
        g_assert_cmpuint(message->config.offset, <=, CONFIG_SIZE);
        g_assert_cmpuint(message->config.size, <=,
                         CONFIG_SIZE - message->config.offset);
        if (!server->is_fixed) {
            memcpy(server->config + message->config.offset,
                   message->config.bytes, message->config.size);
        }
        /* fall through */
    default:
        if (!needs_reply) {
            return false;
        }
        message->number = 0;
        message->size = sizeof(message->number);
    }
    message->flags = FLAG_VERSION | FLAG_REPLY;
    return true;
}

/* Keeps a descriptor that came along; the one to close is left in @passed. */
static void keep(Server *server, const Message *message, int *passed)
{
    bool is_control = (message->number & VRING_INDEX_MASK) == CONTROL_QUEUE;
    int *kept = message->request == SET_VRING_KICK ? &server->kick :
                message->request == SET_VRING_ERR ? &server->error : NULL;

    if (*passed < 0) {
        return;
    }
    if (message->request == SET_INFLIGHT_FD) {
        take_region(server, *passed);
        *passed = -1;
    } else if (message->request == SET_DEVICE_STATE_FD) {
        server->pipe = *passed;
        *passed = -1;
    } else if (kept && is_control) {
        int last = *kept;

        *kept = *passed;
        *passed = last;
    }
}

static void *serve(void *opaque)
{
    Server *server = opaque;
    Message message;
    int passed;

    for (;;) {
        int fd = accept(server->listener, NULL, NULL);
        bool stopping;

        g_mutex_lock(&server->lock);
        stopping = server->stopping || fd < 0;
        server->connection = fd;
        server->connections++;
        g_mutex_unlock(&server->lock);

        while (!stopping && receive(fd, &message, &passed)) {
            bool answers, passes;

            g_mutex_lock(&server->lock);
            keep(server, &message, &passed);
            passes = message.request == GET_INFLIGHT_FD;
            answers = answer(server, &message);
            g_mutex_unlock(&server->lock);
            if (passed >= 0) {
                close(passed);
            }
            if (answers &&
                !reply(fd, &message, passes ? server->region_fd : -1)) {
                break;
            }
        }

        g_mutex_lock(&server->lock);
        server->connection = -1;
        stopping |= server->stopping;
        g_mutex_unlock(&server->lock);
        if (fd >= 0) {
            close(fd);
        }
        if (stopping) {
            return NULL;
        }
    }
}

static Server *server_new(void)
{
    Server *server = g_new0(Server, 1);
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    g_mutex_init(&server->lock);
    server->connection = -1;
    server->kick = -1;
    server->error = -1;
    server->pipe = -1;
    server->identity = 1;
    server->features = 1ULL << F_LOG_ALL |
                       1ULL << F_PROTOCOL_FEATURES |
                       1ULL << VIRTIO_F_VERSION_1 |
                       1ULL << VIRTIO_F_RING_RESET |
                       1ULL << VIRTIO_IPSEC_F_SG_BUFFERS |
                       1ULL << VIRTIO_IPSEC_F_AH |
                       1ULL << VIRTIO_IPSEC_F_WESP |
                       1ULL << VIRTIO_IPSEC_F_SA_BUNDLES |
                       1ULL << VIRTIO_IPSEC_F_UDP_ENCAPSULATION |
                       1ULL << VIRTIO_IPSEC_F_TFC |
                       1ULL << VIRTIO_IPSEC_F_ESN |
                       1ULL << VIRTIO_IPSEC_F_ECN |
                       1ULL << VIRTIO_IPSEC_F_DF |
                       1ULL << VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK |
                       1ULL << VIRTIO_IPSEC_F_IPV6_SUPPORT |
                       1ULL << VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY |
                       1ULL << VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY |
                       1ULL << VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY |
                       1ULL << VIRTIO_IPSEC_F_SA_STATISTICS |
                       1ULL << VIRTIO_IPSEC_F_HARD_LIFETIME |
                       1ULL << VIRTIO_IPSEC_F_STATE |
                       1ULL << VIRTIO_IPSEC_F_DH |
                       1ULL << VIRTIO_IPSEC_F_LEGACY_ALGORITHMS |
                       1ULL << VIRTIO_IPSEC_F_MULTI_PACKET;
    reset_config(server);

    server->folder = g_dir_make_tmp("vhost-user-ipsec-la-XXXXXX", NULL);
    g_assert_nonnull(server->folder);
    server->path = g_build_filename(server->folder, "socket", NULL);
    server->log = g_build_filename(server->folder, "log", NULL);
    g_strlcpy(address.sun_path, server->path, sizeof(address.sun_path));
    server->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    g_assert_cmpint(server->listener, >=, 0);
    g_assert_cmpint(bind(server->listener, (struct sockaddr *)&address,
                         sizeof(address)), ==, 0);
    g_assert_cmpint(listen(server->listener, 1), ==, 0);
    server->thread = g_thread_new("back end", serve, server);
    return server;
}

/* Ends the connection; the next one is served as by another back end. */
static void server_drop(Server *server, Ending ending)
{
    g_mutex_lock(&server->lock);
    if (server->connection >= 0) {
        shutdown(server->connection, SHUT_RDWR);
    }
    if ((ending == ENDS || ending == ENDS_APART) && server->region) {
        memcpy(server->region->state, server->config, CONFIG_SIZE);
        server->region->state_size = ending == ENDS ? CONFIG_SIZE : 1;
    }
    if (ending != HANGS_UP) {
        reset_config(server);
        server->identity++;
    }
    g_mutex_unlock(&server->lock);
}

static void server_free(Server *server)
{
    g_mutex_lock(&server->lock);
    server->stopping = true;
    if (server->connection >= 0) {
        shutdown(server->connection, SHUT_RDWR);
    }
    shutdown(server->listener, SHUT_RDWR);
    g_mutex_unlock(&server->lock);

    g_thread_join(server->thread);
    close(server->listener);
    if (server->kick >= 0) {
        close(server->kick);
    }
    if (server->error >= 0) {
        close(server->error);
    }
    if (server->region) {
        munmap(server->region, sizeof(Region));
        close(server->region_fd);
    }
    unlink(server->path);
    unlink(server->log);
    rmdir(server->folder);
    g_free(server->path);
    g_free(server->log);
    g_free(server->folder);
    g_mutex_clear(&server->lock);
    g_free(server);
}

static uint32_t server_read(Server *server, size_t offset)
{
    uint32_t value;

    g_mutex_lock(&server->lock);
    value = ldl_le_p(server->config + offset);
    g_mutex_unlock(&server->lock);
    return value;
}

/* A register of four bytes that the guest writes. */
#define WRITABLE VIRTIO_IPSEC_CFG_VERSION_TO_USE(1)
#define WRITTEN 0x01020304

#define COMMAND_LINE \
    "-M q35,memory-backend=mem -nodefaults -m 64" \
    " -object memory-backend-memfd,id=mem,size=64M,share=on" \
    " -trace vhost_user_ipsec_la_control -D %s" \
    " -device pcie-root-port,id=rp0,addr=5" \
    " -chardev socket,id=c0,path=%s,reconnect-ms=20" \
    " -chardev null,id=none" \
    " -device vhost-user-ipsec-la-pci,id=la,addr=4,chardev=c0,queues=%u"

typedef struct Machine {
    QOSState *qos;
    QVirtioPCIDevice *device;
} Machine;

static Machine machine_start(Server *server)
{
    Machine machine;
    QPCIAddress address = { .devfn = QPCI_DEVFN(4, 0) };

    machine.qos = qtest_pc_boot(COMMAND_LINE, server->log, server->path,
                                PAIRS);
    machine.device = virtio_pci_new(machine.qos->pcibus, &address);
    g_assert_nonnull(machine.device);
    g_assert_cmpuint(machine.device->vdev.device_type, ==, VIRTIO_ID_IPSEC);
    qvirtio_pci_device_enable(machine.device);
    qvirtio_start_device(&machine.device->vdev);
    qvirtio_set_features(&machine.device->vdev,
                         1ULL << VIRTIO_F_VERSION_1 |
                         1ULL << VIRTIO_F_RING_RESET);
    return machine;
}

static void machine_stop(Machine *machine)
{
    qvirtio_pci_device_disable(machine->device);
    g_free(machine->device->pdev);
    g_free(machine->device);
    qtest_pc_shutdown(machine->qos);
}

static void write_register(Machine *machine, size_t offset, uint32_t value)
{
    qpci_io_writel(machine->device->pdev, machine->device->bar,
                   machine->device->device_cfg_offset + offset, value);
}

static void test_configuration(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QVirtioDevice *vdev = &machine.device->vdev;

    for (size_t i = 0; i < CONFIG_SIZE; i += sizeof(uint32_t)) {
        g_assert_cmphex(qvirtio_config_readl(vdev, i), ==,
                        server_read(server, i));
    }

    write_register(&machine, WRITABLE, WRITTEN);
    g_assert_cmphex(qvirtio_config_readl(vdev, WRITABLE), ==, WRITTEN);
    g_assert_cmphex(server_read(server, WRITABLE), ==, WRITTEN);

    /* The first register is not the guest's to write. */
    write_register(&machine, 0, WRITTEN);
    g_assert_cmphex(qvirtio_config_readl(vdev, 0), !=, WRITTEN);
    g_assert_cmphex(server_read(server, 0), !=, WRITTEN);

    /* What the back end does not take is not there. */
    g_mutex_lock(&server->lock);
    server->is_fixed = true;
    g_mutex_unlock(&server->lock);
    write_register(&machine, WRITABLE, WRITTEN + 1);
    g_assert_cmphex(qvirtio_config_readl(vdev, WRITABLE), ==, WRITTEN);

    machine_stop(&machine);
    server_free(server);
}

/* Whether the back end was notified since the last time. */
static bool take_kick(Server *server)
{
    GPollFD poll = { .events = G_IO_IN };
    uint64_t count;
    bool taken;

    g_mutex_lock(&server->lock);
    poll.fd = server->kick;
    taken = poll.fd >= 0 && g_poll(&poll, 1, 0) == 1 &&
            read(poll.fd, &count, sizeof(count)) == sizeof(count);
    g_mutex_unlock(&server->lock);
    return taken;
}

static void wait_for_kick(Machine *machine, Server *server)
{
    for (int i = 0; i < 500; i++) {
        if (take_kick(server)) {
            return;
        }
        qtest_qmp_assert_success(machine->qos->qts,
                                 "{ 'execute': 'query-status' }");
        g_usleep(10 * 1000);
    }
    g_assert_not_reached();
}

static bool is_logged(Server *server, const char *text)
{
    g_autofree char *log = NULL;

    return g_file_get_contents(server->log, &log, NULL, NULL) &&
           strstr(log, text);
}

/* Has the guest send a command, and waits until the back end hears of it. */
static void check_command(Machine *machine, Server *server, QVirtQueue *vq)
{
    QTestState *qts = machine->qos->qts;
    struct virtio_ipsec_ctrl_hdr header = {};
    uint64_t address = guest_alloc(&machine->qos->alloc, sizeof(header));
    uint32_t head;

    /* A start of the queue counts as a notification. */
    wait_for_kick(machine, server);
    g_assert_false(is_logged(server, " get_capabilities "));

    header.class = cpu_to_le16(VIRTIO_IPSEC_CTRL_GENERIC);
    header.command = cpu_to_le16(VIRTIO_IPSEC_CTRL_GET_CAPABILITIES);
    qtest_memwrite(qts, address, &header, sizeof(header));
    head = qvirtqueue_add(qts, vq, address, sizeof(header), false, false);
    qvirtqueue_kick(qts, &machine->device->vdev, vq, head);

    wait_for_kick(machine, server);
    g_assert_true(is_logged(server, " get_capabilities "));
    guest_free(&machine->qos->alloc, address);
}

static void test_commands(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QVirtioDevice *vdev = &machine.device->vdev;
    QVirtQueue *vq = qvirtqueue_setup(vdev, &machine.qos->alloc,
                                      CONTROL_QUEUE);

    qvirtio_set_driver_ok(vdev);
    check_command(&machine, server, vq);

    /* The next back end is started where this one was, and looks at once. */
    server_drop(server, HANGS_UP);
    wait_for_kick(&machine, server);

    qvirtqueue_cleanup(vdev->bus, vq, &machine.qos->alloc);
    machine_stop(&machine);
    server_free(server);
}

static uint32_t count_stops(Server *server)
{
    uint32_t stops;

    g_mutex_lock(&server->lock);
    stops = server->stops;
    g_mutex_unlock(&server->lock);
    return stops;
}

/* Has the guest reset the queue by itself, and make another one of it. */
static QVirtQueue *reset_queue(Machine *machine, QVirtQueue *vq)
{
    QVirtioPCIDevice *device = machine->device;
    QVirtioDevice *vdev = &device->vdev;

    vdev->bus->queue_select(vdev, CONTROL_QUEUE);
    qpci_io_writew(device->pdev, device->bar,
                   device->common_cfg_offset + VIRTIO_PCI_COMMON_Q_RESET, 1);
    g_assert_cmpuint(qpci_io_readw(device->pdev, device->bar,
                                   device->common_cfg_offset +
                                   VIRTIO_PCI_COMMON_Q_ENABLE), ==, 0);
    qvirtqueue_cleanup(vdev->bus, vq, &machine->qos->alloc);
    return qvirtqueue_setup(vdev, &machine->qos->alloc, CONTROL_QUEUE);
}

/* A queue that is reset stops by itself, and can be another one afterwards. */
static void test_queue_reset(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QVirtioDevice *vdev = &machine.device->vdev;
    QVirtQueue *vq = qvirtqueue_setup(vdev, &machine.qos->alloc,
                                      CONTROL_QUEUE);

    qvirtio_set_driver_ok(vdev);
    wait_for_kick(&machine, server);
    g_assert_cmpuint(count_stops(server), ==, 0);

    vq = reset_queue(&machine, vq);
    g_assert_cmpuint(count_stops(server), ==, 1);
    check_command(&machine, server, vq);
    g_assert_cmpuint(count_stops(server), ==, 1);

    qvirtqueue_cleanup(vdev->bus, vq, &machine.qos->alloc);
    machine_stop(&machine);
    server_free(server);
}

/* Waits until the back end was told what the guest wrote. */
static void wait_for_written(Machine *machine, Server *server)
{
    for (int i = 0; i < 500 && server_read(server, WRITABLE) != WRITTEN; i++) {
        qtest_qmp_assert_success(machine->qos->qts,
                                 "{ 'execute': 'query-status' }");
        g_usleep(10 * 1000);
    }
    g_assert_cmphex(server_read(server, WRITABLE), ==, WRITTEN);
}

static void test_reconnect(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);

    write_register(&machine, WRITABLE, WRITTEN);
    server_drop(server, IS_KILLED);
    g_assert_cmphex(server_read(server, WRITABLE), !=, WRITTEN);
    wait_for_written(&machine, server);
    g_assert_cmphex(qvirtio_config_readl(&machine.device->vdev, WRITABLE), ==,
                    WRITTEN);

    machine_stop(&machine);
    server_free(server);
}

static bool needs_reset(Machine *machine)
{
    QVirtioDevice *vdev = &machine->device->vdev;

    return vdev->bus->get_status(vdev) & VIRTIO_CONFIG_S_NEEDS_RESET;
}

static void wait_for_needs_reset(Machine *machine)
{
    for (int i = 0; i < 500 && !needs_reset(machine); i++) {
        qtest_qmp_assert_success(machine->qos->qts,
                                 "{ 'execute': 'query-status' }");
        g_usleep(10 * 1000);
    }
    g_assert_true(needs_reset(machine));
}

/*
 * A back end that was killed has none of the guest's SAs when it is started
 * again, and one that cannot read what the last one left has none, either: the
 * device needs a reset, and waits for it. One that is the same, or has taken
 * over what the last one left, goes on.
 */
static void check_restart(Ending ending, bool writes)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QVirtioDevice *vdev = &machine.device->vdev;
    QVirtQueue *vq = qvirtqueue_setup(vdev, &machine.qos->alloc,
                                      CONTROL_QUEUE);

    if (writes) {
        write_register(&machine, WRITABLE, WRITTEN);
    }
    qvirtio_set_driver_ok(vdev);
    wait_for_kick(&machine, server);

    server_drop(server, ending);
    if (ending == IS_KILLED || ending == ENDS_APART) {
        wait_for_needs_reset(&machine);
        g_assert_false(take_kick(server));
    } else {
        wait_for_kick(&machine, server);
        g_assert_false(needs_reset(&machine));
    }
    if (writes) {
        g_assert_cmphex(server_read(server, WRITABLE), ==, WRITTEN);
    }
    qvirtqueue_cleanup(vdev->bus, vq, &machine.qos->alloc);

    qvirtio_start_device(vdev);
    g_assert_false(needs_reset(&machine));
    machine_stop(&machine);
    server_free(server);
}

static void test_restart(void)
{
    for (Ending ending = HANGS_UP; ending <= IS_KILLED; ending++) {
        check_restart(ending, true);
        check_restart(ending, false);
    }
}

static bool is_connected(QTestState *qts)
{
    QDict *response = qtest_qmp(qts, "{ 'execute': 'query-chardev' }");
    const QListEntry *entry;
    bool connected = true;

    QLIST_FOREACH_ENTRY(qdict_get_qlist(response, "return"), entry) {
        QDict *chardev = qobject_to(QDict, qlist_entry_obj(entry));

        if (g_str_equal(qdict_get_str(chardev, "label"), "c0")) {
            connected = !g_str_has_prefix(qdict_get_str(chardev, "filename"),
                                          "disconnected:");
        }
    }
    qobject_unref(response);
    return connected;
}

/* A queue that is reset meanwhile does not go on where it was. */
static void test_away(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QTestState *qts = machine.qos->qts;
    QVirtioDevice *vdev = &machine.device->vdev;
    QVirtQueue *vq = qvirtqueue_setup(vdev, &machine.qos->alloc,
                                      CONTROL_QUEUE);
    g_autofree char *hidden = g_strconcat(server->path, "-hidden", NULL);

    qvirtio_set_driver_ok(vdev);
    wait_for_kick(&machine, server);

    g_assert_cmpint(rename(server->path, hidden), ==, 0);
    server_drop(server, HANGS_UP);
    for (int i = 0; i < 500 && is_connected(qts); i++) {
        g_usleep(10 * 1000);
    }
    g_assert_false(is_connected(qts));
    vq = reset_queue(&machine, vq);
    g_assert_cmpuint(count_stops(server), ==, 0);

    g_assert_cmpint(rename(hidden, server->path), ==, 0);
    wait_for_kick(&machine, server);
    g_assert_cmpuint(count_stops(server), ==, 1);
    g_assert_false(needs_reset(&machine));

    qvirtqueue_cleanup(vdev->bus, vq, &machine.qos->alloc);
    machine_stop(&machine);
    server_free(server);
}

static unsigned int count_resets(Server *server)
{
    unsigned int resets;

    g_mutex_lock(&server->lock);
    resets = server->resets;
    g_mutex_unlock(&server->lock);
    return resets;
}

/* A back end that leaves before it is reset is reset when it is back. */
static void test_missed_reset(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QVirtioDevice *vdev = &machine.device->vdev;
    unsigned int resets = count_resets(server);

    write_register(&machine, WRITABLE, WRITTEN);
    g_mutex_lock(&server->lock);
    server->is_leaving = true;
    g_mutex_unlock(&server->lock);
    vdev->bus->set_status(vdev, 0);
    g_assert_cmphex(qvirtio_config_readl(vdev, WRITABLE), !=, WRITTEN);

    for (int i = 0; i < 500 && count_resets(server) < resets + 2; i++) {
        qtest_qmp_assert_success(machine.qos->qts,
                                 "{ 'execute': 'query-status' }");
        g_usleep(10 * 1000);
    }
    g_assert_cmpuint(count_resets(server), ==, resets + 2);
    g_assert_cmphex(server_read(server, WRITABLE), !=, WRITTEN);

    machine_stop(&machine);
    server_free(server);
}

static unsigned int count_connections(Server *server)
{
    unsigned int connections;

    g_mutex_lock(&server->lock);
    connections = server->connections;
    g_mutex_unlock(&server->lock);
    return connections;
}

/* Changes a register that is not the guest's to write. */
static void toggle_config(Server *server)
{
    g_mutex_lock(&server->lock);
    server->config[CONFIG_SIZE - 1] ^= 1;
    g_mutex_unlock(&server->lock);
}

/* A back end with another configuration is sent away until there is the one. */
static void test_replacement(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    unsigned int connections = count_connections(server);

    toggle_config(server);
    server_drop(server, HANGS_UP);
    for (int i = 0; i < 500 && count_connections(server) < connections + 2;
         i++) {
        qtest_qmp_assert_success(machine.qos->qts,
                                 "{ 'execute': 'query-status' }");
        g_usleep(10 * 1000);
    }
    g_assert_cmpuint(count_connections(server), >=, connections + 2);
    g_assert_cmphex(qvirtio_config_readb(&machine.device->vdev,
                                         CONFIG_SIZE - 1), ==, 0);

    toggle_config(server);
    write_register(&machine, WRITABLE, WRITTEN);
    wait_for_written(&machine, server);
    machine_stop(&machine);
    server_free(server);
}

/* What a back end says of a ring reaches the guest, also one that pauses. */
static void check_error(bool pauses)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QVirtioDevice *vdev = &machine.device->vdev;
    QVirtQueue *vq = qvirtqueue_setup(vdev, &machine.qos->alloc,
                                      CONTROL_QUEUE);
    uint64_t one = 1;

    qvirtio_set_driver_ok(vdev);
    wait_for_kick(&machine, server);
    g_assert_false(needs_reset(&machine));

    if (pauses) {
        qtest_qmp_assert_success(machine.qos->qts, "{ 'execute': 'stop' }");
    }
    g_mutex_lock(&server->lock);
    g_assert_cmpint(write(server->error, &one, sizeof(one)), ==, sizeof(one));
    g_mutex_unlock(&server->lock);
    wait_for_needs_reset(&machine);
    if (pauses) {
        qtest_qmp_assert_success(machine.qos->qts, "{ 'execute': 'cont' }");
    }
    qvirtqueue_cleanup(vdev->bus, vq, &machine.qos->alloc);

    qvirtio_start_device(vdev);
    g_assert_false(needs_reset(&machine));
    machine_stop(&machine);
    server_free(server);
}

static void test_error(void)
{
    check_error(false);
    check_error(true);
}

#define LA_PATH "/machine/peripheral/la/virtio-backend"

/* Features of the device, by the names that QMP has for them. */
static const char *const features[] = {
    "VIRTIO_IPSEC_F_SG_BUFFERS",
    "VIRTIO_IPSEC_F_AH",
    "VIRTIO_IPSEC_F_WESP",
    "VIRTIO_IPSEC_F_SA_BUNDLES",
    "VIRTIO_IPSEC_F_UDP_ENCAPSULATION",
    "VIRTIO_IPSEC_F_TFC",
    "VIRTIO_IPSEC_F_ESN",
    "VIRTIO_IPSEC_F_ECN",
    "VIRTIO_IPSEC_F_DF",
    "VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK",
    "VIRTIO_IPSEC_F_IPV6_SUPPORT",
    "VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY",
    "VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY",
    "VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY",
    "VIRTIO_IPSEC_F_SA_STATISTICS",
    "VIRTIO_IPSEC_F_HARD_LIFETIME",
    "VIRTIO_IPSEC_F_STATE",
    "VIRTIO_IPSEC_F_DH",
    "VIRTIO_IPSEC_F_LEGACY_ALGORITHMS",
    "VIRTIO_IPSEC_F_MULTI_PACKET",
};

static bool is_listed(const QList *list, const char *name)
{
    const QListEntry *entry;

    QLIST_FOREACH_ENTRY(list, entry) {
        const QString *item = qobject_to(QString, qlist_entry_obj(entry));

        if (g_str_has_prefix(qstring_get_str(item), name)) {
            return true;
        }
    }
    return false;
}

/* That the device has its name, and QMP has one for each feature. */
static void check_status(QTestState *qts, const char *path)
{
    QDict *response = qtest_qmp(qts,
                                "{ 'execute': 'x-query-virtio-status',"
                                " 'arguments': { 'path': %s } }", path);
    QDict *status = qdict_get_qdict(response, "return");
    QDict *offered;

    g_assert_nonnull(status);
    g_assert_cmpstr(qdict_get_str(status, "name"), ==, "virtio-ipsec");
    offered = qdict_get_qdict(status, "host-features");
    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        g_assert_true(is_listed(qdict_get_qlist(offered, "dev-features"),
                                features[i]));
    }
    g_assert_false(qdict_haskey(offered, "unknown-dev-features"));
    qobject_unref(response);
}

static void test_status(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);

    check_status(machine.qos->qts, LA_PATH);
    machine_stop(&machine);
    server_free(server);
}

static void test_mmio(void)
{
    Server *server = server_new();
    QTestState *qts = qtest_initf(
        "-M microvm,memory-backend=mem -nodefaults -m 64"
        " -object memory-backend-memfd,id=mem,size=64M,share=on"
        " -global virtio-mmio.force-legacy=off"
        " -chardev socket,id=c0,path=%s"
        " -device vhost-user-ipsec-la,id=la,chardev=c0,queues=%u",
        server->path, PAIRS);

    check_status(qts, "/machine/peripheral/la");
    qtest_quit(qts);
    server_free(server);
}

/* Whether the device has a bit of its status, by the name that QMP has. */
static bool has_status(QTestState *qts, const char *name)
{
    QDict *response = qtest_qmp(qts,
                                "{ 'execute': 'x-query-virtio-status',"
                                " 'arguments': { 'path': %s } }", LA_PATH);
    QDict *status = qdict_get_qdict(qdict_get_qdict(response, "return"),
                                    "status");
    bool has = is_listed(qdict_get_qlist(status, "statuses"), name);

    qobject_unref(response);
    return has;
}

static void wait_for_migration(QTestState *qts)
{
    bool completed = false;

    for (int i = 0; i < 500 && !completed; i++) {
        QDict *response = qtest_qmp(qts, "{ 'execute': 'query-migrate' }");
        QDict *migration = qdict_get_qdict(response, "return");

        completed = !g_strcmp0(qdict_get_try_str(migration, "status"),
                               "completed");
        qobject_unref(response);
        g_usleep(10 * 1000);
    }
    g_assert_true(completed);
}

/* Saves a guest whose device runs. */
static void save_guest(const char *uri)
{
    Server *server = server_new();
    Machine machine = machine_start(server);
    QVirtioDevice *vdev = &machine.device->vdev;
    QVirtQueue *vq = qvirtqueue_setup(vdev, &machine.qos->alloc,
                                      CONTROL_QUEUE);

    qvirtio_set_driver_ok(vdev);
    qtest_qmp_assert_success(machine.qos->qts,
                             "{ 'execute': 'migrate',"
                             " 'arguments': { 'uri': %s } }", uri);
    wait_for_migration(machine.qos->qts);
    qvirtqueue_cleanup(vdev->bus, vq, &machine.qos->alloc);
    machine_stop(&machine);
    server_free(server);
}

/* A back end that is killed takes what was loaded into it along. */
static void test_migration(void)
{
    Server *server = server_new();
    g_autofree char *file = g_build_filename(server->folder, "state", NULL);
    g_autofree char *uri = g_strconcat("file:", file, NULL);
    QTestState *qts;

    save_guest(uri);
    qts = qtest_initf(COMMAND_LINE " -S -incoming defer", server->log,
                      server->path, PAIRS);
    qtest_qmp_assert_success(qts, "{ 'execute': 'migrate-incoming',"
                             " 'arguments': { 'uri': %s } }", uri);
    wait_for_migration(qts);
    g_assert_true(has_status(qts, "VIRTIO_CONFIG_S_DRIVER_OK"));
    g_assert_false(has_status(qts, "VIRTIO_CONFIG_S_NEEDS_RESET"));

    server_drop(server, IS_KILLED);
    for (int i = 0; i < 500 && !has_status(qts, "VIRTIO_CONFIG_S_NEEDS_RESET");
         i++) {
        g_usleep(10 * 1000);
    }
    g_assert_true(has_status(qts, "VIRTIO_CONFIG_S_NEEDS_RESET"));

    qtest_quit(qts);
    unlink(file);
    server_free(server);
}

/* Properties that are refused, and what is said of them. */
static const struct {
    const char *name;
    int value;
    const char *error;
} refused[] = {
    { "queues", 0, "queue pairs are possible" },
    { "queues", 127 + 1, "queue pairs are possible" },
    { "queue-size", 100, "not a power of 2" },
    { "queue-size", 2048, "not a power of 2" },
    { "config-size", 0, "bytes are possible" },
    { "config-size", 257, "bytes are possible" },
    { "device-id", 0, "reserved" },
    { "device-id", 64, "PCI has no ID" },
};

static void test_properties(void)
{
    Server *server = server_new();
    Machine machine = machine_start(server);

    for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
        QDict *arguments = qdict_new();
        QDict *response, *error;

        qdict_put_str(arguments, "driver", "vhost-user-ipsec-la-pci");
        qdict_put_str(arguments, "bus", "rp0");
        qdict_put_str(arguments, "chardev", "none");
        qdict_put_int(arguments, refused[i].name, refused[i].value);
        response = qtest_qmp(machine.qos->qts,
                             "{ 'execute': 'device_add', 'arguments': %p }",
                             arguments);
        error = qdict_get_qdict(response, "error");
        g_assert_nonnull(error);
        g_assert_nonnull(strstr(qdict_get_str(error, "desc"),
                                refused[i].error));
        qobject_unref(response);
    }

    machine_stop(&machine);
    server_free(server);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/vhost-user-ipsec-la/configuration", test_configuration);
    qtest_add_func("/vhost-user-ipsec-la/reconnect", test_reconnect);
    qtest_add_func("/vhost-user-ipsec-la/commands", test_commands);
    qtest_add_func("/vhost-user-ipsec-la/queue-reset", test_queue_reset);
    qtest_add_func("/vhost-user-ipsec-la/restart", test_restart);
    qtest_add_func("/vhost-user-ipsec-la/away", test_away);
    qtest_add_func("/vhost-user-ipsec-la/missed-reset", test_missed_reset);
    qtest_add_func("/vhost-user-ipsec-la/replacement", test_replacement);
    qtest_add_func("/vhost-user-ipsec-la/error", test_error);
    qtest_add_func("/vhost-user-ipsec-la/migration", test_migration);
    qtest_add_func("/vhost-user-ipsec-la/status", test_status);
    if (qtest_has_machine("microvm")) {
        qtest_add_func("/vhost-user-ipsec-la/mmio", test_mmio);
    }
    qtest_add_func("/vhost-user-ipsec-la/properties", test_properties);
    return g_test_run();
}
