using System.Collections.Frozen;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>Functions of <c>x</c> that NumPy does not have; the code that calls one defines it.</summary>
internal static class PythonHelpers
{
    private const string Source = """
        def sigmoid(x):
            return 1 / (1 + np.exp(-x))
        def log_sigmoid(x):
            return -np.logaddexp(0, -x)
        def softplus(x):
            return np.logaddexp(0, x)
        def relu(x):
            return np.maximum(x, 0)
        def relu6(x):
            return np.clip(x, 0, 6)
        def leaky_relu(x):
            return np.where(x > 0, x, 0.01 * x)
        def elu(x):
            return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
        def selu(x):
            return 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))
        def silu(x):
            return x / (1 + np.exp(-x))
        def gelu(x):
            return 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))
        def mish(x):
            return x * np.tanh(np.logaddexp(0, x))
        def softsign(x):
            return x / (1 + np.abs(x))
        def hardtanh(x):
            return np.clip(x, -1, 1)
        def hard_sigmoid(x):
            return np.clip(x / 6 + 0.5, 0, 1)
        def hard_swish(x):
            return x * np.clip(x / 6 + 0.5, 0, 1)
        def logit(x):
            return np.log(x / (1 - x))
        def erf(x):
            return np.vectorize(math.erf)(x)
        def gamma(x):
            return np.vectorize(math.gamma)(x)
        def lgamma(x):
            return np.vectorize(math.lgamma)(x)
        def factorial(x):
            return np.vectorize(math.gamma)(x + 1)
        def softmax(x):
            e = np.exp(x - np.max(x, axis=-1, keepdims=True))
            return e / e.sum(axis=-1, keepdims=True)
        def log_softmax(x):
            x = x - np.max(x, axis=-1, keepdims=True)
            return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
        def logsumexp(x, axis=None, keepdims=False):
            top = np.max(x, axis=axis, keepdims=True)
            whole = top + np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True))
            return whole if keepdims else np.squeeze(whole, axis=axis)
        """;

    private static readonly FrozenDictionary<string, string> Table = Source
        .Split("def ", StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(code => code[..code.IndexOf('(', StringComparison.Ordinal)], StringComparer.Ordinal);

    /// <summary>Whether there is such a function.</summary>
    public static bool Has(string name) => Table.ContainsKey(name);

    /// <summary>Its definition, with the empty lines that Python's style asks for behind it.</summary>
    public static string Definition(string name) => $"def {Table[name].TrimEnd()}\n\n\n";
}
