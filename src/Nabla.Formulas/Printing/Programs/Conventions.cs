using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>What kind of thing a letter is taken for where nobody has said its shape.</summary>
internal static class Conventions
{
    /// <summary>The ranks of the symbols that are not numbers.</summary>
    public static Dictionary<string, int> Ranks(Expression right)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        var counts = new HashSet<string>(StringComparer.Ordinal);
        foreach (Expression node in right.All())
            if (node is BigOperator { Range.To: Symbol end })
                counts.Add(end.Name);
        bool isAlgebra = right.All().Any(IsAlgebra);
        foreach (Expression node in right.All())
            Look(node, isAlgebra, counts, ranks);
        return ranks;
    }

    // Capitals are matrices in linear algebra, but sizes and numbers of other kinds in C ≈ 6ND.
    private static bool IsAlgebra(Expression node) => node switch
    {
        Product { Sign: ProductSign.Matrix } => true,
        Postfix postfix => postfix.Sign is PostfixSign.Transpose or PostfixSign.Inverse or PostfixSign.PseudoInverse,
        Call call => KnownFunctions.NameOf(call) is "softmax" or "relu" or "gelu" or "silu" or "trace" or "det",
        Product { Sign: ProductSign.None } product => product.Factors.Zip(product.Factors.Skip(1)).Any(pair =>
            IsCapital(pair.First) && pair.Second is Symbol { Letter: "x" or "h" or "z" or "v" or "u" or "W" } right
            && right.Subscripts.Count < 2),
        Symbol symbol => symbol.Alphabet == Alphabet.Bold && IsCapital(symbol),
        _ => false,
    };

    private static void Look(Expression node, bool isAlgebra, HashSet<string> counts, Dictionary<string, int> ranks)
    {
        switch (node)
        {
            case Symbol { Alphabet: Alphabet.Bold } symbol when !IsCapital(symbol):
                ranks.TryAdd(symbol.Name, 1);
                break;
            case Symbol symbol when isAlgebra && IsCapital(symbol) && !counts.Contains(symbol.Name):
                ranks.TryAdd(symbol.Name, 2);
                break;
            case Product { Sign: ProductSign.Matrix } product:
                Multiplied(product, ranks);
                break;
            case Postfix { Sign: PostfixSign.Transpose, Operand: Symbol symbol } when !IsCapital(symbol):
                ranks.TryAdd(symbol.Name, 1);
                break;
            case Product { Sign: ProductSign.None } product:
                foreach ((Expression left, Expression right) in product.Factors.Zip(product.Factors.Skip(1)))
                    if ((left is Postfix { Sign: PostfixSign.Transpose } || isAlgebra && IsCapital(left))
                        && right is Symbol vector && !IsCapital(vector))
                        ranks.TryAdd(vector.Name, 1);
                break;
            case Delimited { Kind: DelimiterKind.Norm or DelimiterKind.InnerProduct } norm:
                Vectors(norm.Items, ranks);
                break;
            case Expectation expectation:
                Vectors(expectation.Arguments, ranks);
                break;
            case Call call when KnownFunctions.NameOf(call) is "softmax" or "log_softmax" or "logsumexp":
                Vectors(call.Arguments, ranks);
                break;
        }
    }

    // x @ W is a vector times a matrix, q @ k.T are two matrices: nobody transposes a vector in code.
    private static void Multiplied(Product product, Dictionary<string, int> ranks)
    {
        bool transposes = product.Factors.Any(factor =>
            factor is Postfix { Operand: Symbol inner } && !IsCapital(inner));
        foreach (Expression factor in product.Factors)
            if (((factor as Postfix)?.Operand ?? factor) is Symbol symbol)
                ranks.TryAdd(symbol.Name, transposes || IsCapital(symbol) ? 2 : 1);
    }

    private static void Vectors(NodeList<Expression> items, Dictionary<string, int> ranks)
    {
        foreach (Expression item in items)
            if (item is Symbol symbol && !IsCapital(symbol))
                ranks.TryAdd(symbol.Name, 1);
    }

    private static bool IsCapital(Expression node) =>
        node is Symbol { Letter: [>= 'A' and <= 'Z'], Alphabet: Alphabet.Plain or Alphabet.Bold or Alphabet.Upright };
}
