/**
 * DOC: what Swift's C library lacks
 *
 * Linux's epoll, eventfd, memfd and names of threads, which are no part of
 * Swift's Glibc module, file descriptors in a socket's ancillary data, whose
 * macros it cannot import, and an instruction that it has no name for.
 */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/types.h>

/** Most file descriptors that one message may carry here. */
#define SYSTEM_FD_MAX 64

/**
 * system_claim() - Ask for memory that is going to be written.
 * @bytes: where it begins
 * @count: how many bytes
 *
 * Another processor that has it in its cache gives it up meanwhile; a store
 * alone would wait for that, line by line. Does not wait, and changes nothing.
 */
static inline void system_claim(const void *bytes, size_t count)
{
	const size_t skip = (size_t)bytes % 64;
	const char *line = (const char *)bytes - skip;

#pragma GCC unroll 8
	for (size_t i = 0; i < skip + count; i += 64) {
#ifdef __x86_64__
		/* Where a processor lacks it, it does nothing. */
		__asm__ volatile("prefetchw %0" : : "m"(line[i]));
#else
		__builtin_prefetch(line + i, 1);
#endif
	}
}

/**
 * system_receive() - Read from a socket what is there, with file descriptors.
 * @socket: a stream socket
 * @bytes: where to put the bytes
 * @count: room for bytes, more than 0
 * @fds: where to put file descriptors: room for SYSTEM_FD_MAX
 * @fd_count: how many came, all close-on-exec; the caller's to close
 * @is_cut: set to 1 if more came, which the kernel has closed; else to 0
 *
 * Does not wait.
 *
 * Return: the number of bytes; 0 when the peer is gone; -1 with errno.
 */
ssize_t system_receive(int socket, void *bytes, size_t count, int *fds,
		       size_t *fd_count, int *is_cut);

/**
 * system_send() - Write to a socket, with file descriptors.
 * @socket: a stream socket
 * @bytes: what to write
 * @count: how many bytes, more than 0
 * @fds: file descriptors to pass; they stay open here
 * @fd_count: how many, at most SYSTEM_FD_MAX
 *
 * Does not wait, and raises no signal.
 *
 * Return: the number of bytes written; -1 with errno.
 */
ssize_t system_send(int socket, const void *bytes, size_t count,
		    const int *fds, size_t fd_count);

/**
 * system_close_input() - Let nothing come through a socket any more.
 * @socket: a socket that somebody has passed on
 *
 * What has come is thrown away: it may hold file descriptors, which stay open
 * while it is there.
 *
 * Return: 0; -1 for a socket that is no stream, or is not connected.
 */
int system_close_input(int socket);

/**
 * system_is_cut_off() - Look whether the peer takes nothing and is still there.
 * @socket: a stream socket
 *
 * So it is after system_close_input() of its other end.
 *
 * Return: 1 if so, else 0.
 */
int system_is_cut_off(int socket);

/**
 * system_raise_file_limit() - Have as many files open as one is allowed to.
 *
 * Return: how many that is.
 */
unsigned long system_raise_file_limit(void);

/**
 * system_memfd() - Make a file in memory.
 * @name: for debugging, as /proc shows it
 * @count: size in bytes
 * @is_sealed: whether it can never shrink
 * @is_huge: whether it has huge pages, of the system's default size
 *
 * Return: a file descriptor, close-on-exec; -1 with errno.
 */
int system_memfd(const char *name, size_t count, int is_sealed, int is_huge);

/**
 * system_empty_pipe() - Drop what is in a pipe, without waiting.
 * @pipe: its end to read from
 * @nowhere: /dev/null, to write to
 *
 * A read could be made to wait by somebody who shares the pipe, empties it
 * first and clears O_NONBLOCK.
 */
void system_empty_pipe(int pipe, int nowhere);

/**
 * system_environment() - Read a variable of the environment.
 * @name: which one
 *
 * Return: its value; NULL where there is none, and in a program that has more
 * rights than the one that started it, as secure_getenv() does.
 */
const char *system_environment(const char *name);

/**
 * system_name_thread() - Name the calling thread, as top and gdb show it.
 * @name: at most 15 bytes
 */
void system_name_thread(const char *name);

/**
 * system_enter() - Use what a child of fork may not go on with.
 *
 * Return: 0 or an errno, ENODEV in a process that fork has made since the
 * first such use.
 */
int system_enter(void);

/**
 * system_survive_lost_pages() - Go on where a shared file loses its pages.
 *
 * Whoever shares a file can cut it, and access beyond its end raises SIGBUS.
 * From now on such pages are replaced by zeros, for the whole process.
 */
void system_survive_lost_pages(void);

/**
 * system_take_lost_pages() - Count this thread's accesses to lost pages.
 *
 * Return: how many there were since the last call.
 */
unsigned long system_take_lost_pages(void);

#endif
