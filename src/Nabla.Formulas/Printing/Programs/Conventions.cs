using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>What kind of thing a letter is taken for where nobody has said its shape.</summary>
internal static class Conventions
{
    // Small letters before W^T that are rows of numbers; c, k, n, s, t and Greek ones are numbers there.
    private const string RowLetters = "aefghopquvwxyz";

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
        Spread(right, ranks);
        return ranks;
    }

    // u · v beside ‖u‖: where one of two is a vector, the other is one.
    private static void Spread(Expression right, Dictionary<string, int> ranks)
    {
        string[][] pairs = [.. right.All().OfType<Product>().Where(product => product.Sign == ProductSign.Dot)
            .Select(product => product.Factors.OfType<Symbol>().Select(symbol => symbol.Name).ToArray())];
        var normed = right.All().OfType<Delimited>().Where(norm => norm.Kind == DelimiterKind.Norm)
            .SelectMany(norm => norm.Items.OfType<Symbol>()).Select(symbol => symbol.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (string[] pair in pairs)
            if (pair.Any(name => normed.Contains(name) || ranks.GetValueOrDefault(name) == 1))
                foreach (string name in pair)
                    ranks[name] = 1;
    }

    // Capitals are matrices in linear algebra, but sizes and numbers of other kinds in C ≈ 6ND.
    private static bool IsAlgebra(Expression node) => node switch
    {
        Product { Sign: ProductSign.Matrix } => true,
        Postfix postfix => postfix.Sign != PostfixSign.Factorial,
        Call call => KnownFunctions.NameOf(call) is "softmax" or "relu" or "gelu" or "silu" or "trace" or "det"
            or "diag",
        Product { Sign: ProductSign.None } product => product.Factors.Zip(product.Factors.Skip(1)).Any(pair =>
            AreMatrices(pair.First, pair.Second) || IsCapital(pair.First)
            && pair.Second is Symbol { Letter: "x" or "h" or "z" or "v" or "u" or "W" } right
            && right.Subscripts.Count < 2),
        Symbol symbol => symbol.Alphabet == Alphabet.Bold && IsCapital(symbol),
        Sum sum => sum.Terms.Any(term => term is Symbol { Letter: "I", IsBare: true }) && sum.Terms.Any(term =>
            ((term as Negation)?.Operand ?? term) is Product { Sign: ProductSign.None } product
            && product.Factors.All(factor => IsCapital((factor as Power)?.Base ?? factor))), // I - K H
        Product { Sign: ProductSign.Outer } product => product.Factors.All(IsCapital),
        _ => false,
    };

    // C = A B; N D and R T are counts and constants.
    private static bool AreMatrices(Expression left, Expression right) =>
        IsMatrixLetter(left) && (IsMatrixLetter(right) || IsDiagonal(right))
        || left is Symbol { Letter: "Q", IsBare: true } && right is Symbol { Letter: "R", IsBare: true }
        || left is Symbol { Letter: "L", IsBare: true } && right is Symbol { Letter: "U", IsBare: true };

    // Σ of U Σ Vᵀ and Λ of Q Λ Qᵀ.
    private static bool IsDiagonal(Expression node) => node is Symbol { Letter: "Sigma" or "Lambda" };

    private static bool IsMatrixLetter(Expression node) => IsCapital(node)
        && node is Symbol { Letter: "A" or "B" or "C" or "K" or "M" or "Q" or "S" or "U" or "V" or "W" or "X" or "Y" };

    private static void Look(Expression node, bool isAlgebra, HashSet<string> counts, Dictionary<string, int> ranks)
    {
        switch (node)
        {
            case Symbol { Alphabet: Alphabet.Bold } symbol when !IsCapital(symbol):
                ranks.TryAdd(symbol.Name, 1);
                break;
            case Symbol symbol when isAlgebra && (IsCapital(symbol) || IsDiagonal(symbol))
                && !counts.Contains(symbol.Name):
                ranks.TryAdd(symbol.Name, 2);
                break;
            case Postfix { Sign: PostfixSign.Transpose, Operand: Symbol symbol } when !IsCapital(symbol):
                ranks.TryAdd(symbol.Name, 1);
                break;
            case Postfix { Sign: PostfixSign.Transpose, Operand: Sum or Negation } turned: // (x − y)ᵀ
                Vectors([turned.Operand], ranks);
                break;
            case Element { Target: Power { Base: Symbol raised }, Indices: [_, _] or [Product { Factors: [_, _] }] }:
                ranks[raised.Name] = 2; // (Pⁿ)ᵢⱼ
                break;
            case Product { Sign: ProductSign.None } product:
                foreach ((Expression left, Expression right) in product.Factors.Zip(product.Factors.Skip(1)))
                {
                    if ((left is Postfix { Sign: PostfixSign.Transpose } || IsTurned(left)
                            || isAlgebra && IsCapital(left))
                        && right is Symbol vector && !IsCapital(vector))
                        ranks.TryAdd(vector.Name, 1);
                    if (IsTurned(right) && IsRow(left))
                        ranks.TryAdd(((Symbol)left).Name, 1);
                }
                break;
            case Product { Sign: ProductSign.Outer } product:
                Vectors(product.Factors, ranks);
                break;
            case Delimited { Kind: DelimiterKind.Norm or DelimiterKind.InnerProduct } norm:
                Vectors(norm.Items, ranks);
                if (norm is { Kind: DelimiterKind.Norm, Items: [Symbol matrix] } && IsCapital(matrix))
                    ranks.TryAdd(matrix.Name, 2);
                break;
            case Expectation expectation:
                Samples(expectation.Arguments, ranks);
                break;
            case Call call when WrittenFunctions.AreOfLists(call):
                Vectors(call.Arguments, ranks);
                break;
        }
    }

    /// <summary>
    /// The ranks that the signs of products ask for, whatever the letters are: of <c>q @ k.T</c>, of W [h, x], of δ aᵀ
    /// and of wᵀδ ⊙ σ′(z).
    /// </summary>
    public static Dictionary<string, int> Multiplied(Expression right)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Product product in right.All().OfType<Product>())
        {
            if (product.Sign == ProductSign.Matrix)
                OfCode(product, ranks);
            else if (product.Sign == ProductSign.Hadamard)
                OfGates(product, ranks);
            else if (product.Sign is ProductSign.None or ProductSign.Dot)
                foreach ((Expression left, Expression next) in product.Factors.Zip(product.Factors.Skip(1)))
                    OfPair(left, next, ranks);
        }
        return ranks;
    }

    // x @ W is a vector times a matrix, q @ k.T are two matrices: nobody transposes a vector in code.
    private static void OfCode(Product product, Dictionary<string, int> ranks)
    {
        bool transposes = product.Factors.Any(factor =>
            factor is Postfix { Operand: Symbol inner } && !IsCapital(inner));
        foreach (Expression factor in product.Factors)
            if (((factor as Postfix)?.Operand ?? factor) is Symbol symbol)
                ranks.TryAdd(symbol.Name, transposes || IsCapital(symbol) ? 2 : 1);
    }

    // wᵀδ ⊙ σ′(z): a number would need no sign of its own.
    private static void OfGates(Product product, Dictionary<string, int> ranks)
    {
        foreach (Expression factor in product.Factors)
            if (factor is Product
                {
                    Factors: [Postfix { Sign: PostfixSign.Transpose, Operand: Symbol weights }, Symbol error],
                })
            {
                ranks.TryAdd(weights.Name, 2);
                ranks.TryAdd(error.Name, 1);
            }
    }

    private static void OfPair(Expression left, Expression next, Dictionary<string, int> ranks)
    {
        if (left is Symbol weights && IsCapital(weights) && next is Collection { Kind: CollectionKind.List } parts
            && parts.Items.Count > 1 && parts.Items.All(item => item is Symbol))
        {
            ranks.TryAdd(weights.Name, 2);
            foreach (Expression item in parts.Items)
                ranks.TryAdd(((Symbol)item).Name, 1);
        }
        if (left is Symbol error && !IsCapital(error) && next is Postfix
            {
                Sign: PostfixSign.Transpose, Operand: Symbol vector,
            } && !IsCapital(vector) && (!error.IsBare || error.Letter == "delta"))
        {
            ranks.TryAdd(error.Name, 1);
            ranks.TryAdd(vector.Name, 1);
        }
    }

    // W^T, A^{-1}: of capitals, which only matrices have.
    private static bool IsTurned(Expression node) => node switch
    {
        Postfix { Sign: not PostfixSign.Factorial } postfix => IsCapital(postfix.Operand),
        Power { Exponent: Negation { Operand: Number { Value: 1 } } } power => IsCapital(power.Base),
        _ => false,
    };

    private static bool IsRow(Expression node) =>
        node is Symbol { Kind: SymbolKind.Variable, Letter: [var letter] } && RowLetters.Contains(letter);

    // E[XY]: a letter stands for all its samples, entry by entry.
    private static void Samples(IEnumerable<Expression> items, Dictionary<string, int> ranks)
    {
        foreach (Expression item in items)
            if (item is Product { Sign: ProductSign.None } product)
                Samples(product.Factors.All(factor => factor is Symbol) ? product.Factors : [], ranks);
            else if (item is Symbol { Alphabet: not Alphabet.Bold } symbol)
                ranks.TryAdd(symbol.Name, 1);
    }

    private static void Vectors(NodeList<Expression> items, Dictionary<string, int> ranks)
    {
        foreach (Expression item in items)
            switch (item)
            {
                case Symbol symbol when !IsCapital(symbol):
                    ranks.TryAdd(symbol.Name, 1);
                    break;
                case Sum sum:
                    Vectors(sum.Terms, ranks);
                    break;
                case Negation negation:
                    Vectors([negation.Operand], ranks);
                    break;
                case Product { Sign: ProductSign.None, Factors: [.., Symbol matrix, Symbol vector] }
                    when IsCapital(matrix) && !IsCapital(vector): // A b
                    ranks.TryAdd(matrix.Name, 2);
                    ranks.TryAdd(vector.Name, 1);
                    break;
            }
    }

    private static bool IsCapital(Expression node) =>
        node is Symbol { Letter: [>= 'A' and <= 'Z'], Alphabet: Alphabet.Plain or Alphabet.Bold or Alphabet.Upright };
}
