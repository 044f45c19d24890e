#include <cblas.h>
#include "peer.h"

const char *peer_version(void) { return openblas_get_config(); }

void peer_threads(int threads) { openblas_set_num_threads(threads); }

void peer_forget(void) {}

void peer_multiply(const product *p) {
    cblas_sgemm(CblasRowMajor, p->transpose_a ? CblasTrans : CblasNoTrans, p->transpose_b ? CblasTrans : CblasNoTrans,
                p->m, p->n, p->k, 1, p->a, p->transpose_a ? p->m : p->k, p->b, p->transpose_b ? p->k : p->n, 0, p->c, p->n);
}
