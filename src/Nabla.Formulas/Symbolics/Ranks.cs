using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>What an expression is: a number, a vector (as a column or as a row), a matrix.</summary>
internal enum Form
{
    /// <summary>A number.</summary>
    Scalar,

    /// <summary>A vector; left of a matrix it is read as a row.</summary>
    Vector,

    /// <summary>A transposed vector.</summary>
    Row,

    /// <summary>A matrix.</summary>
    Matrix,

    /// <summary>By its capital letter perhaps a matrix: it keeps its place among the factors.</summary>
    Unknown,
}

/// <summary>
/// Of which rank the symbols of a formula are: 0 a number, 1 a vector, 2 a matrix. What nobody says is taken from how
/// they are written: a transposed or bold small letter is a vector, a transposed or bold capital a matrix, what stands
/// between the bars of a norm a vector.
/// </summary>
public sealed class Ranks
{
    // By the names of KnownFunctions: what takes a vector or a matrix.
    private static readonly HashSet<string> OfArrays = new(StringComparer.Ordinal)
    {
        "softmax", "logsumexp", "log_softmax", "trace", "det", "logdet",
    };

    private const int OperationsOfPart = 500;

    private readonly Dictionary<string, int> known;
    private readonly HashSet<string> perhapsMatrices = new(StringComparer.Ordinal);

    private Ranks(Dictionary<string, int> known, Budget budget) => (this.known, Budget) = (known, budget);

    /// <summary>What may be spent on symbols of these ranks.</summary>
    internal Budget Budget { get; }

    /// <summary>The ranks that are known for certain, and those that the way of writing tells.</summary>
    /// <param name="tree">The formula.</param>
    /// <param name="given">Ranks by <see cref="Symbol.Name"/>; they go before everything else.</param>
    /// <param name="budget">What differentiating and simplifying with them may take; all that it takes if null.</param>
    public static Ranks Infer(
        Expression tree, IReadOnlyDictionary<string, int>? given = null, Budget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var ranks = new Ranks(given is null
            ? new(StringComparer.Ordinal) : new(given, StringComparer.Ordinal), budget ?? new Budget(long.MaxValue));
        // Twice: the vector that makes its neighbour a matrix may be found after it.
        for (int pass = 0; pass < 2; pass++)
            foreach (Expression node in tree.All())
            {
                ranks.Budget.Charge("differentiating", OperationsOfPart);
                ranks.Learn(node);
            }
        return ranks;
    }

    /// <summary>The rank of a symbol; null if neither is said nor can be seen.</summary>
    public int? Of(Symbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (symbol == Functions.Identity && symbol.Alphabet == Alphabet.Bold)
            return 2;
        if (symbol == Functions.Ones && symbol.Alphabet == Alphabet.Bold)
            return 1;
        if (known.TryGetValue(symbol.Name, out int rank))
            return rank;
        // An entry of a list whose rank is known: x_i.
        return symbol.Subscripts.Count > 0 && known.TryGetValue(symbol.StemName, out rank)
            ? Math.Max(0, rank - symbol.Subscripts.Count) : null;
    }

    internal Form FormOf(Expression tree) => tree switch
    {
        Number or Words or Ellipsis or Element or Relation => Form.Scalar,
        Symbol symbol => Of(symbol) switch
        {
            0 => Form.Scalar,
            1 => Form.Vector,
            2 => Form.Matrix,
            _ => perhapsMatrices.Contains(symbol.Name) ? Form.Unknown : Form.Scalar,
        },
        Sum or Cases => Largest(tree.Children.Where(child => child is not (Relation or Words))),
        Negation or Annotated or Power or Root => FormOf(tree.Children[0]),
        Quotient quotient => Largest([quotient.Numerator, quotient.Denominator]),
        Product { Sign: ProductSign.Star or ProductSign.Hadamard } => Largest(tree.Children),
        Product product => FormOfChain(product.Factors, product.Sign == ProductSign.Dot),
        Postfix { Sign: PostfixSign.Transpose or PostfixSign.Adjoint } postfix => FormOf(postfix.Operand) switch
        {
            Form.Vector => Form.Row,
            Form.Row => Form.Vector,
            var same => same,
        },
        Postfix postfix => FormOf(postfix.Operand),
        Call call => NameOf(call) is var name && (name is "sum" or "mean" or "std" || NumberFunctions.Contains(name))
            ? Form.Scalar : Largest(call.Arguments),
        BigOperator big => FormOf(big.Body),
        Delimited { Items: [var inner, ..] } bracket when IsEntrywise(bracket.Kind) => FormOf(inner),
        Expectation mean => Largest(mean.Arguments),
        MatrixLiteral => Form.Matrix,
        Collection => Form.Vector,
        _ => Form.Scalar,
    };

    private static bool IsEntrywise(DelimiterKind kind) => kind is DelimiterKind.Absolute or DelimiterKind.Floor
        or DelimiterKind.Ceiling or DelimiterKind.Round or DelimiterKind.EvaluatedAt;

    /// <summary>What the product of things in this order is.</summary>
    internal Form FormOfChain(IEnumerable<Expression> factors, bool hasDots = false)
    {
        Form[] forms = [.. factors.Select(FormOf)]; // each once: a factor may be deep
        if (hasDots && forms is [Form.Vector, Form.Vector])
            return Form.Scalar;
        Form product = Form.Scalar;
        foreach (Form next in forms)
            product = (product, next) switch
            {
                (Form.Scalar, _) => next,
                (_, Form.Scalar) => product,
                (Form.Unknown, _) => next is Form.Vector ? Form.Vector : Form.Unknown,
                (_, Form.Unknown) => product is Form.Row ? Form.Row : Form.Unknown,
                (Form.Row, Form.Vector) => Form.Scalar,
                (Form.Row, Form.Matrix) => Form.Row,
                (Form.Matrix, Form.Vector) => Form.Vector,
                (Form.Vector, Form.Row) => Form.Matrix,
                (Form.Vector, Form.Matrix) => Form.Vector,
                _ => next,
            };
        return product;
    }

    private Form Largest(IEnumerable<Expression> parts)
    {
        Form[] forms = [.. parts.Select(FormOf)];
        foreach (Form form in new[] { Form.Matrix, Form.Vector, Form.Row, Form.Unknown })
            if (forms.Contains(form))
                return form;
        return Form.Scalar;
    }

    private void Learn(Expression node)
    {
        switch (node)
        {
            case Symbol { Alphabet: Alphabet.Bold, IsBare: true } bold:
                Mark(bold);
                break;
            case Postfix { Sign: PostfixSign.Transpose or PostfixSign.Adjoint } transposed:
                Mark(transposed.Operand);
                break;
            case Postfix { Sign: PostfixSign.Inverse or PostfixSign.PseudoInverse, Operand: Symbol matrix }:
                Mark(matrix);
                break;
            case Delimited { Kind: DelimiterKind.Norm or DelimiterKind.InnerProduct } norm:
                foreach (Expression item in norm.Items)
                    Mark(item);
                break;
            case Call call when OfArrays.Contains(NameOf(call)):
                foreach (Expression argument in call.Arguments)
                    Mark(argument);
                break;
            case Product { Sign: ProductSign.None or ProductSign.Matrix } product:
                LearnFromNeighbours(product);
                break;
            case Quotient { Denominator: var below }:
                MarkNumbers(below);
                break;
            case Power { Exponent: not Number and not Symbol { Letter: "top" } } power:
                MarkNumbers(power);
                break;
            case BigOperator big:
                foreach (Expression end in new[] { big.Range.From, big.Range.To }.OfType<Expression>())
                    MarkNumbers(end);
                break;
        }
    }

    // Left of a vector, and right of a row, a capital letter is a matrix; the last small letter behind one a vector.
    private void LearnFromNeighbours(Product product)
    {
        for (int i = 0; i < product.Factors.Count; i++)
        {
            Form before = i > 0 ? FormOf(product.Factors[i - 1]) : Form.Scalar;
            Form after = i + 1 < product.Factors.Count ? FormOf(product.Factors[i + 1]) : Form.Scalar;
            bool besideArray = after is Form.Vector or Form.Matrix || before is Form.Row or Form.Matrix;
            if (besideArray && product.Factors[i] is Symbol symbol && IsCapital(symbol))
                Mark(symbol);
        }
        // A capital letter beside anything but a number may be a matrix, and small letters behind it vectors.
        int first = product.Factors.ToList().FindIndex(factor => factor is Symbol symbol && IsCapital(symbol));
        if (first >= 0 && product.Factors.Count(factor => factor is not Number) > 1)
            perhapsMatrices.UnionWith(product.Factors.Skip(first).OfType<Symbol>()
                .Where(symbol => symbol.Letter.Length == 1).Select(symbol => symbol.Name));
        if (FormOf(product.Factors[0]) == Form.Row && product.Factors[^1] is Symbol last)
            Mark(last);
    }

    private void Mark(Expression array)
    {
        switch (array)
        {
            case Symbol { Kind: SymbolKind.Variable } symbol:
                known.TryAdd(symbol.Name, IsCapital(symbol) ? 2 : 1);
                break;
            case Sum or Negation:
                foreach (Expression part in array.Children)
                    Mark(part);
                break;
            case Product { Sign: ProductSign.None } product:
                foreach (Symbol symbol in product.Factors.OfType<Symbol>().Where(IsCapital))
                    Mark(symbol);
                if (product.Factors[^1] is Symbol last)
                    Mark(last);
                break;
        }
    }

    // What one divides by, and what has a broken or unknown power, is a number; so are the ends of a sum.
    private void MarkNumbers(Expression part)
    {
        foreach (Symbol symbol in part is Symbol one ? [one] : part.Children.OfType<Symbol>())
            if (symbol.Alphabet != Alphabet.Bold)
                known.TryAdd(symbol.Name, 0);
    }

    private static string NameOf(Call call) => KnownFunctions.NameOf(call) ?? call.Letter;

    private static bool IsCapital(Symbol symbol) => symbol.Kind != SymbolKind.Constant
        && symbol.Letter.Length > 0 && char.IsUpper(symbol.Letter[0])
        && (symbol.Letter.Length == 1 || symbol.Letter is "Sigma" or "Lambda" or "Theta" or "Phi" or "Psi" or "Omega");
}
