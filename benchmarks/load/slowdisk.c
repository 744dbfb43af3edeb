/* A disk that needs longer to make an append durable: every flush returns SLOW_FLUSH_US later. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int flush_slowly(const char *name, int handle) {
    int (*flush)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *told = getenv("SLOW_FLUSH_US");
    long micros = told ? atol(told) : 0;
    struct timespec pause = {micros / 1000000, micros % 1000000 * 1000};
    int answer = flush(handle);
    nanosleep(&pause, 0);
    return answer;
}

int fdatasync(int handle) { return flush_slowly("fdatasync", handle); }
int fsync(int handle) { return flush_slowly("fsync", handle); }
