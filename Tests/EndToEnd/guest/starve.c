// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * starve PROGRAM ARGUMENT...: runs a program again and again. The first time, the first allocation fails that the
 * driver makes for it, or has others make, the second time the second, and so on; behind the first few hundred, ever
 * fewer of them, as these come in thousands of the same kind. When there is none left to fail, the program has to
 * succeed. Says how often it did not.
 */
#include "accelerator.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define EACH 300    /* allocations of which each fails */
#define SHARE 40    /* and from there on, the next is so much of the way so far */
#define MOST 100000 /* what is left to fail does not end */
#define MODULE "/sys/module/virtio_ipsec/"

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY);

    if (fd < 0 || write(fd, text, strlen(text)) < 0) {
        fail("%s: %s", path, strerror(errno));
    }
    close(fd);
}

static unsigned long read_number(const char *path, const char *format)
{
    FILE *file = fopen(path, "r");
    unsigned long number = 0;

    if (!file || fscanf(file, format, &number) != 1) {
        fail("%s: %s", path, strerror(errno));
    }
    fclose(file);
    return number;
}

static void set(const char *kind, const char *name, const char *value)
{
    char path[128];

    snprintf(path, sizeof(path), "/sys/kernel/debug/%s/%s", kind, name);
    write_file(path, value);
}

static void set_address(const char *kind, const char *name, unsigned long address)
{
    char value[32];

    snprintf(value, sizeof(value), "%#lx", address);
    set(kind, name, value);
}

/* Where a function of the kernel's begins, and the one behind it. */
static void find_function(const char *name, unsigned long *start, unsigned long *end)
{
    FILE *file = fopen("/proc/kallsyms", "r");
    char line[512], symbol[256];
    unsigned long address;

    *start = *end = 0;
    while (file && !*end && fgets(line, sizeof(line), file)) {
        if (sscanf(line, "%lx %*c %255s", &address, symbol) != 2) {
            continue;
        }
        if (*start && address > *start) {
            *end = address;
        } else if (!strcmp(symbol, name)) {
            *start = address;
        }
    }
    if (!*end) {
        fail("the kernel has no function %s", name);
    }
    fclose(file);
}

/*
 * Only what has the driver's code among its callers; also what could wait for memory, and without a word in the log.
 * Not an interrupt's files in /proc: the kernel goes on without those, and warns that they are missing when it goes.
 */
static void prepare(const char *kind)
{
    unsigned long start = read_number(MODULE "sections/.text", "%lx"), end;

    set_address(kind, "require-start", start);
    set_address(kind, "require-end", start + read_number(MODULE "coresize", "%lu"));
    find_function("register_irq_proc", &start, &end);
    set_address(kind, "reject-start", start);
    set_address(kind, "reject-end", end);
    set(kind, "ignore-gfp-wait", "N");
    set(kind, "verbose", "0");
}

/* Of a process that has ended, but was not waited for: how many allocations until one fails, or 0 after that. */
static unsigned long left_to_fail(pid_t process)
{
    char path[64];

    snprintf(path, sizeof(path), "/proc/%d/fail-nth", process);
    return read_number(path, "%lu");
}

/* Whether there was an allocation to fail. */
static bool run(char **program, int allocation, bool *succeeded)
{
    char number[16];
    siginfo_t end;
    pid_t process;
    bool failed;

    snprintf(number, sizeof(number), "%d", allocation);
    process = fork();
    if (process == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, 1);
        dup2(null, 2);
        write_file("/proc/self/fail-nth", number);
        execvp(program[0], program);
        _exit(127);
    }
    if (process < 0 || waitid(P_PID, process, &end, WEXITED | WNOWAIT)) {
        fail("%s: %s", program[0], strerror(errno));
    }
    *succeeded = end.si_code == CLD_EXITED && end.si_status == 0;
    failed = left_to_fail(process) == 0;
    waitpid(process, NULL, 0);
    return failed;
}

int main(int argc, char **argv)
{
    bool succeeded = false;
    int allocation = 1, runs = 0, failures = 0;

    if (argc < 2) {
        fail("usage: starve PROGRAM ARGUMENT...");
    }
    prepare("failslab");
    prepare("fail_page_alloc");
    set("fail_page_alloc", "min-order", "0");
    while (run(argv + 1, allocation, &succeeded)) {
        runs++;
        failures += !succeeded;
        if (runs % 50 == 0) {
            printf("%d allocations failed, the program %d times\n", runs, failures);
            fflush(stdout);
        }
        allocation += allocation < EACH ? 1 : allocation / SHARE;
        if (allocation > MOST) {
            fail("there is no end to it");
        }
    }
    printf("%d of %d allocations failed, the program %d times\n", runs, allocation, failures);
    if (!succeeded || failures == 0) {
        fail("the program %s", succeeded ? "never failed" : "fails by itself");
    }
    return 0;
}
