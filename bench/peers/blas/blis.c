#include <blis.h>
#include "peer.h"

const char *peer_version(void) { return bli_info_get_version_str(); }

void peer_threads(int threads) { bli_thread_set_num_threads(threads); }

void peer_forget(void) {}

void peer_multiply(const product *p) {
    float one = 1, zero = 0;
    bli_sgemm(p->transpose_a ? BLIS_TRANSPOSE : BLIS_NO_TRANSPOSE, p->transpose_b ? BLIS_TRANSPOSE : BLIS_NO_TRANSPOSE,
              p->m, p->n, p->k, &one, p->a, p->transpose_a ? p->m : p->k, 1, p->b, p->transpose_b ? p->k : p->n, 1,
              &zero, p->c, p->n, 1);
}
