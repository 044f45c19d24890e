using System.Collections.Concurrent;

namespace Nabla.Formulas.Explanation.Concepts;

/// <summary>
/// The other ways in which an idea is spelled: American for British, apart or with a hyphen, as one looks it up.
/// </summary>
internal static class Spellings
{
    private static readonly (string Usual, string Other)[] Pairs =
    [
        ("isation", "ization"), ("generalis", "generaliz"), ("normalis", "normaliz"), ("regularis", "regulariz"),
        ("quantis", "quantiz"), ("discretis", "discretiz"), ("parametris", "parameteriz"),
        ("parameteris", "parameteriz"), ("optimis", "optimiz"), ("factoris", "factoriz"), ("tokenis", "tokeniz"),
        ("initialis", "initializ"), ("standardis", "standardiz"), ("linearis", "lineariz"), ("penalis", "penaliz"),
        ("marginalis", "marginaliz"), ("centralis", "centraliz"), ("maximis", "maximiz"), ("minimis", "minimiz"),
        ("neighbour", "neighbor"), ("behaviour", "behavior"), ("labelled", "labeled"), ("modelling", "modeling"),
        ("centred", "centered"), ("centre", "center"), ("colour", "color"), ("elementwise", "element-wise"),
        ("zero point", "zero-point"), ("low rank", "low-rank"), ("log likelihood", "log-likelihood"),
        ("mini-batch", "minibatch"), ("–", "-"),
    ];

    private static readonly ConcurrentDictionary<string, string[]> Known = new(StringComparer.Ordinal);

    /// <summary>A concept as it stands, and as others spell it.</summary>
    public static IReadOnlyList<string> Of(string concept) => Known.GetOrAdd(concept, Made);

    private static string[] Made(string concept)
    {
        string other = concept;
        foreach ((string usual, string replaced) in Pairs)
            other = other.Replace(usual, replaced, StringComparison.OrdinalIgnoreCase);
        string[] spelled = [concept, other, concept.Replace('-', ' '), other.Replace('-', ' ')];
        return [.. spelled.Distinct(StringComparer.Ordinal)];
    }
}
