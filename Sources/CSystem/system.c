#define _GNU_SOURCE
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Ancillary data, aligned as its header has to be. */
union fd_space {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(SYSTEM_FD_MAX * sizeof(int))];
};

ssize_t system_receive(int socket, void *bytes, size_t count, int *fds,
		       size_t *fd_count, int *is_cut)
{
	union fd_space space;
	struct iovec vector = { .iov_base = bytes, .iov_len = count };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = space.bytes,
		.msg_controllen = sizeof(space.bytes),
	};
	struct cmsghdr *part;
	ssize_t done;

	*fd_count = 0;
	*is_cut = 0;
	do {
		done = recvmsg(socket, &message,
			       MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	} while (done < 0 && errno == EINTR);
	if (done < 0)
		return done;

	*is_cut = !!(message.msg_flags & MSG_CTRUNC);
	for (part = CMSG_FIRSTHDR(&message); part;
	     part = CMSG_NXTHDR(&message, part)) {
		size_t size;

		if (part->cmsg_level != SOL_SOCKET ||
		    part->cmsg_type != SCM_RIGHTS)
			continue;
		/* Linux merges all descriptors into one part. */
		size = part->cmsg_len - CMSG_LEN(0);
		memcpy(fds + *fd_count, CMSG_DATA(part), size);
		*fd_count += size / sizeof(int);
	}
	return done;
}

ssize_t system_send(int socket, const void *bytes, size_t count,
		    const int *fds, size_t fd_count)
{
	union fd_space space;
	struct iovec vector = { .iov_base = (void *)bytes, .iov_len = count };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
	ssize_t done;

	if (fd_count > SYSTEM_FD_MAX) {
		errno = EINVAL;
		return -1;
	}
	if (fd_count > 0) {
		size_t size = fd_count * sizeof(int);
		struct cmsghdr *part;

		memset(&space, 0, sizeof(space));
		message.msg_control = space.bytes;
		message.msg_controllen = CMSG_SPACE(size);
		part = CMSG_FIRSTHDR(&message);
		part->cmsg_level = SOL_SOCKET;
		part->cmsg_type = SCM_RIGHTS;
		part->cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(part), fds, size);
	}
	do {
		done = sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
	} while (done < 0 && errno == EINTR);
	return done;
}

int system_close_input(int socket)
{
	struct sockaddr_storage peer;
	socklen_t size = sizeof(peer);
	int type = 0;
	socklen_t type_size = sizeof(type);
	char bytes[4096];

	if (getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &type_size) < 0 ||
	    type != SOCK_STREAM ||
	    getpeername(socket, (struct sockaddr *)&peer, &size) < 0 ||
	    shutdown(socket, SHUT_RD) < 0)
		return -1;
	/* Where there is no room for descriptors, Linux closes them. */
	while (recv(socket, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		;
	return 0;
}

int system_is_cut_off(int socket)
{
	struct pollfd state = { .fd = socket, .events = POLLRDHUP };

	return send(socket, "", 0, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 &&
	       errno == EPIPE && poll(&state, 1, 0) == 0;
}

unsigned long system_raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return 0;
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		getrlimit(RLIMIT_NOFILE, &limit);
	return limit.rlim_cur;
}

int system_memfd(const char *name, size_t count, int is_sealed, int is_huge)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING |
				    (is_huge ? MFD_HUGETLB : 0));
	int error;

	if (fd < 0)
		return fd;
	if (ftruncate(fd, (off_t)count) == 0 &&
	    (!is_sealed ||
	     fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL) == 0))
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

/* As much as Linux lets a pipe have by default. */
#define LARGEST_PIPE (1UL << 20)

void system_empty_pipe(int pipe, int nowhere)
{
	ssize_t ignored = splice(pipe, NULL, nowhere, NULL, LARGEST_PIPE,
				 SPLICE_F_NONBLOCK);

	(void)ignored;
}

const char *system_environment(const char *name)
{
	return secure_getenv(name);
}

void system_name_thread(const char *name)
{
	pthread_setname_np(pthread_self(), name);
}

static atomic_bool is_entered, is_forked;

static void note_fork(void)
{
	if (is_entered)
		is_forked = true;
}

/*
 * When loaded, before any call: what is registered with the first one may be
 * half registered in a child.
 */
static __attribute__((constructor)) void watch_forks(void)
{
	pthread_atfork(NULL, NULL, note_fork);
}

int system_enter(void)
{
	if (!atomic_load_explicit(&is_entered, memory_order_relaxed))
		is_entered = true;
	return atomic_load_explicit(&is_forked, memory_order_relaxed) ? ENODEV : 0;
}

/* Of any processor that Linux runs on. */
#define LARGEST_PAGE (16UL << 30)

static _Thread_local volatile unsigned long lost_pages;

/*
 * Puts zeros where an address is, a page at least: a huge page goes as a
 * whole, and for a part of it Linux says EINVAL.
 */
static int put_zeros(void *address)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);

	do {
		void *page = (void *)((uintptr_t)address & ~(size - 1));

		if (mmap(page, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED |
			 MAP_NORESERVE, -1, 0) == page)
			return 1;
		size *= 2;
	} while (errno == EINVAL && size <= LARGEST_PAGE);
	return 0;
}

static void replace_page(int number, siginfo_t *info, void *context)
{
	int error = errno;

	(void)context;
	if (info->si_code == BUS_ADRERR && put_zeros(info->si_addr))
		lost_pages++;
	else
		signal(number, SIG_DFL);	/* the access is repeated */
	errno = error;
}

void system_survive_lost_pages(void)
{
	struct sigaction action = {
		.sa_sigaction = replace_page,
		.sa_flags = SA_SIGINFO,
	};

	sigaction(SIGBUS, &action, NULL);
}

unsigned long system_take_lost_pages(void)
{
	unsigned long count = lost_pages;

	lost_pages = 0;
	return count;
}
