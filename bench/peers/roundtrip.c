/* How long a cache line takes from one processor to another and back, in nanoseconds: tens when they share a cache, hundreds
 * when they do not. A virtual machine may move between the two while one looks on. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { TRIPS = 100, ROUNDS = 200 };

static _Alignas(128) atomic_int ball;

static void stay_on(int processor) {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(processor, &only);
    pthread_setaffinity_np(pthread_self(), sizeof only, &only);
}

static void *answer(void *unused) {
    stay_on(1);
    for (int i = 0; i < ROUNDS * TRIPS; i++) {
        while (atomic_load(&ball) != 1)
            ;
        atomic_store(&ball, 0);
    }
    return unused;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * t.tv_sec + t.tv_nsec;
}

int main(void) {
    pthread_t other;
    double best = 1e9; /* of some rounds, because a thread may lose its processor in one */
    stay_on(0);
    pthread_create(&other, NULL, answer, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        for (int i = 0; i < TRIPS; i++) {
            atomic_store(&ball, 1);
            while (atomic_load(&ball) != 0)
                ;
        }
        double time = (now() - start) / TRIPS;
        if (time < best)
            best = time;
    }
    printf("%.0f\n", best);
    return 0;
}
