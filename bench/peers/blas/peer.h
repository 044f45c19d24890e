/* What a library has to offer to be measured by serve.c. Row-major, C [m, n] = op(A) · op(B). */
typedef struct {
    int m, n, k;
    int transpose_a, transpose_b; /* A is stored as [k, m], B as [n, k] */
    float *a, *b, *c;
} product;

/* The library's name and version. */
const char *peer_version(void);

void peer_threads(int threads);

/* Called when the matrices of a product that was measured are gone. */
void peer_forget(void);

void peer_multiply(const product *p);
