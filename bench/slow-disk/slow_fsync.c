/*
 * Makes each fsync and fdatasync of a program take longer, by BENCH_FSYNC_DELAY_US microseconds, as on a slow disk.
 * Dojo.Pci.Bench compiles and uses it; by hand:
 *     cc -O2 -shared -fPIC -o slow_fsync.so slow_fsync.c -ldl
 *     BENCH_FSYNC_DELAY_US=2000 LD_PRELOAD=$PWD/slow_fsync.so program
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int (*sync_function)(int);

static int sync_slowly(const char *name, int file)
{
    sync_function real = (sync_function)dlsym(RTLD_NEXT, name);
    int result = real(file);
    const char *delay = getenv("BENCH_FSYNC_DELAY_US");
    if (delay != NULL) {
        long microseconds = atol(delay);
        struct timespec pause = {microseconds / 1000000, (microseconds % 1000000) * 1000};
        nanosleep(&pause, NULL);
    }
    return result;
}

int fsync(int file) { return sync_slowly("fsync", file); }

int fdatasync(int file) { return sync_slowly("fdatasync", file); }
