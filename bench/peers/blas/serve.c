/* Measures matrix products that standard input asks for, a line each, and answers with a line of JSON, as
 * `nabla bench serve` does: SECONDS THREADS gemm --m M --n N --k K --layout nn|nt|tn */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "peer.h"

#define SHORTEST_ROUND 0.002 /* seconds; a shorter time says more about the clock and the waking of threads */
#define MOST_ROUNDS 100000

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int ascending(const void *x, const void *y) {
    double d = *(const double *)x - *(const double *)y;
    return (d > 0) - (d < 0);
}

static float *matrix(long rows, long columns) {
    float *values = aligned_alloc(64, (rows * columns * sizeof(float) + 63) / 64 * 64);
    for (long i = 0; i < rows * columns; i++)
        values[i] = 2.0f * rand() / (float)RAND_MAX - 1;
    return values;
}

static double calls(const product *p, int count) {
    double start = now();
    for (int i = 0; i < count; i++)
        peer_multiply(p);
    return now() - start;
}

static void measure(const product *p, double seconds) {
    static double rounds[MOST_ROUNDS];
    int count = 1, done = 0;
    for (double first = calls(p, 1); count * first < SHORTEST_ROUND;)
        count *= 2;
    for (double total = 0; total < seconds && done < MOST_ROUNDS; done++) {
        double time = calls(p, count);
        total += time;
        rounds[done] = time / count;
    }
    qsort(rounds, done, sizeof(double), ascending);
    double median = (rounds[(done - 1) / 2] + rounds[done / 2]) / 2;
    printf("{\"ok\": true, \"version\": \"%s\", \"results\": [{\"milliseconds_median\": %.6f, "
           "\"milliseconds_minimum\": %.6f, \"gflops\": %.3f}]}\n",
           peer_version(), 1e3 * median, 1e3 * rounds[0], 2.0 * p->m * p->n * p->k / median / 1e9);
}

/* Whether some elements of the product are what sums in double say: a fast wrong answer is no peer. */
static int is_right(const product *p) {
    for (int i = 0; i < 64; i++) {
        int row = rand() % p->m, column = rand() % p->n;
        double sum = 0;
        for (int l = 0; l < p->k; l++)
            sum += (double)p->a[p->transpose_a ? (long)l * p->m + row : (long)row * p->k + l] *
                   p->b[p->transpose_b ? (long)column * p->k + l : (long)l * p->n + column];
        double error = sum - p->c[(long)row * p->n + column];
        if (!(error * error < 1e-6 * p->k))
            return 0;
    }
    return 1;
}

int main(void) {
    char line[256], prepared[256] = "", layout[3];
    product p = {0};
    while (fgets(line, sizeof line, stdin)) {
        double seconds;
        int threads, at = 0;
        product q = {0};
        if (sscanf(line, "%lf %d %ngemm --m %d --n %d --k %d --layout %2s", &seconds, &threads, &at, &q.m, &q.n, &q.k, layout) != 6) {
            printf("{\"ok\": false, \"error\": \"not understood\"}\n");
            fflush(stdout);
            continue;
        }
        peer_threads(threads);
        if (strcmp(line + at, prepared)) {
            strcpy(prepared, line + at);
            peer_forget();
            free(p.a), free(p.b), free(p.c);
            p = q;
            p.transpose_a = layout[0] == 't';
            p.transpose_b = layout[1] == 't';
            p.a = matrix(p.m, p.k), p.b = matrix(p.k, p.n), p.c = matrix(p.m, p.n);
        }
        calls(&p, 1);
        if (is_right(&p))
            measure(&p, seconds);
        else
            printf("{\"ok\": false, \"error\": \"the product is wrong\"}\n");
        fflush(stdout);
    }
    return 0;
}
