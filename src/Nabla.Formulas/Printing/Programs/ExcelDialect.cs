using System.Collections.Frozen;
using System.Globalization;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Spreadsheets.Graphs;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>
/// Formulas in the cells of a spreadsheet. Symbols stand below one another, the name in column A and the numbers from
/// column B on; a vector is a column. Sums over an index are written out.
/// </summary>
internal sealed class ExcelDialect(PrintOptions options) : ArrayDialect
{
    // Of all that is written on the way to the cells: sums in sums, written out, grow without end.
    private const int MostTerms = 300, MostCharacters = 2_000_000, CharactersOfTerm = 50;

    private static readonly FrozenDictionary<string, string> Functions = NameTable.Of(
        """
        exp EXP({0})  log LN({0})  log2 LOG({0},2)  log10 LOG10({0})  sqrt SQRT({0})  sin SIN({0})  cos COS({0})
        tan TAN({0})  asin ASIN({0})  acos ACOS({0})  atan ATAN({0})  sinh SINH({0})  cosh COSH({0})  tanh TANH({0})
        asinh ASINH({0})  acosh ACOSH({0})  atanh ATANH({0})  abs ABS({0})  sign SIGN({0})  floor INT({0})
        ceil -INT(-({0}))  erf ERF({0})  factorial FACT({0})  sigmoid 1/(1+EXP(-ABS({0})))*EXP(({0})*(({0})<0))
        log_sigmoid ({0})*(({0})<0)-2*ATANH(EXP(-ABS({0}))/(2+EXP(-ABS({0}))))
        softplus ({0})*(({0})>0)+2*ATANH(EXP(-ABS({0}))/(2+EXP(-ABS({0}))))
        relu ({0})*(({0})>0)
        leaky_relu IF(({0})>0,{0},0.01*({0}))  elu IF(({0})>0,{0},EXP({0})-1)
        silu ({0})/(1+EXP(-ABS({0})))*EXP(({0})*(({0})<0))
        gelu ({0})*NORMSDIST({0})
        lgamma GAMMALN({0})  softsign ({0})/(1+ABS({0}))  logit LN(({0})/(1-({0})))
        """);

    // As the cells of a worked example round, halves to the even number.
    private static readonly string Rounding =
        CellNumber.Round(new(new CellExpression.Area("({0})"))).Expression.Text();

    private static readonly FrozenDictionary<string, string> Reductions = NameTable.Of(
        """
        sum SUM({0})  mean AVERAGE({0})  prod PRODUCT({0})  max MAX({0})  min MIN({0})  var VARP({0})  std STDEVP({0})
        sample_var VAR({0})  sample_std STDEV({0})
        logsumexp (MAX({0})+LN(SUM(EXP({0}-MAX({0})))))
        """);

    private readonly Dictionary<string, (int Row, Term Term)> places = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Row, Term Term)> symbols = [];
    private int nextRow = 1, written;

    public override string Name => "Excel";

    /// <summary>The symbols with their first rows, in order.</summary>
    public IReadOnlyList<(string Name, int Row, Term Term)> Symbols => symbols;

    /// <summary>The first row that no symbol takes.</summary>
    public int NextRow => nextRow;

    /// <summary>A cell, <c>B3</c>; both counted from 1.</summary>
    public static string Cell(int row, int column)
    {
        string letters = "";
        for (int rest = column; rest > 0; rest = (rest - 1) / 26)
            letters = (char)('A' + (rest - 1) % 26) + letters;
        return $"{letters}{row.ToString(CultureInfo.InvariantCulture)}";
    }

    public override Term Number(double value, string text) => double.IsFinite(value)
        ? Made(value.ToString("R", CultureInfo.InvariantCulture), []) with { Value = value, IsPlain = true }
        : throw new FormulaException("a spreadsheet has no infinite numbers; write a large one.");

    public override Term Constant(string letter) => Made(letter == "pi" ? "PI()" : "EXP(1)", []);

    public override Term Negate(Term x) =>
        Made("-" + x.In(Tightness.Primary), x.Sizes) with { Tightness = Tightness.Unary, Value = -x.Value };

    public override Term Combine(char sign, Term a, Term b)
    {
        (a, b) = (Beside(a, b), Beside(b, a));
        Term joined = Made(Joined(sign, a, b), Broadcast(a, b));
        return base.Combine(sign, a, b) with { Sizes = joined.Sizes, Text = joined.Text };
    }

    public override Term Power(Term a, Term b)
    {
        (a, b) = (Beside(a, b), Beside(b, a));
        string text = $"{a.In(Tightness.Primary)}^{b.In(Tightness.Primary)}";
        return Made(text, Broadcast(a, b)) with { Tightness = Tightness.Power, IsRow = a.IsRow };
    }

    public override Term? Map(string function, Term x) => PatternOf(function) is { } pattern
        ? Filled(pattern, x, x.Sizes) with { IsRow = x.IsRow }
        : null;

    public override Term? OfList(string function, Term x) =>
        function == "median" ? Made($"MEDIAN({x.Text})", []) : null;

    public override Term? Zip(string function, Term a, Term b) => function == "atan2" && a.Rank + b.Rank == 0
        ? Made($"ATAN2({b.Text},{a.Text})", []) : null;

    public override Term? Choose(Term n, Term k) =>
        n.Rank + k.Rank > 0 ? null : Made($"COMBIN({n.Text},{k.Text})", []);

    private static string? PatternOf(string function) =>
        function == "round" ? Rounding : Functions.GetValueOrDefault(function);

    public override Term Reduce(string reduction, Term x) =>
        Filled(Reductions[reduction], x with { Text = x.In(Tightness.Additive) }, []);

    public override Term Norm(Term x, double p) => p switch
    {
        2 => Made($"SQRT(SUMSQ({x.Text}))", []),
        1 => Made($"SUM(ABS({x.Text}))", []),
        double.PositiveInfinity => Made($"MAX(ABS({x.Text}))", []),
        _ => throw new FormulaException("a spreadsheet's norms are of degree 1, 2 and ∞; write the sum out."),
    };

    public override Term Softmax(Term x, bool isLog)
    {
        // With the largest taken away no power overflows.
        int columns = SizeOf(x, ^1);
        string below = $"{x.In(Tightness.Additive)}-MAX({x.Text})";
        string sum = x.Rank == 1 ? $"SUM(EXP({below}))" : $"MMULT(EXP({below}),ROW($1:${columns})^0)";
        return Made(isLog ? $"{below}-LN({sum})" : $"EXP({below})/{sum}", x.Sizes) with
        {
            Tightness = isLog ? Tightness.Additive : Tightness.Multiplicative,
            IsRow = x.IsRow,
        };
    }

    public override Term Extreme(bool isMax, Term a, Term b)
    {
        (a, b) = (Beside(a, b), Beside(b, a));
        return Made($"IF({a.In(Tightness.Additive)}{(isMax ? ">" : "<")}{b.In(Tightness.Additive)},{a.Text},{b.Text})",
            Broadcast(a, b));
    }

    public override Term MatrixProduct(Term a, Term b) => (a.Rank, b.Rank) switch
    {
        (1, 1) => Made($"SUMPRODUCT({a.Text},{b.Text})", []),
        (2, 1) => Made($"MMULT({a.Text},{b.Text})", [SizesOf(a)[0]]),
        (1, 2) => Made($"MMULT(TRANSPOSE({b.Text}),{a.Text})", [SizesOf(b)[1]]) with { IsRow = a.IsRow },
        (2, 2) => Made($"MMULT({a.Text},{b.Text})", [SizesOf(a)[0], SizesOf(b)[1]]),
        _ => throw new FormulaException("a spreadsheet multiplies matrices and vectors only; take one matrix of it."),
    };

    public override Term Outer(Term a, Term b) =>
        Made($"MMULT({a.Text},TRANSPOSE({b.Text}))", [SizeOf(a, 0), SizeOf(b, 0)]);

    public override Term Transpose(Term x) => Made($"TRANSPOSE({x.Text})", [SizeOf(x, 1), SizeOf(x, 0)]);

    public override Term OfMatrix(string function, Term x) => function switch
    {
        "inverse" => Made($"MINVERSE({x.Text})", x.Sizes),
        "det" => Made($"MDETERM({x.Text})", []),
        "trace" => Made($"SUM(({x.Text})*({IdentityOf(SizeOf(x, 0))}))", []),
        _ => throw new FormulaException($"{function} cannot be written in Excel; write its elements."),
    };

    public override Term Identity(Term beside) => Made(IdentityOf(SizesOf(beside)[^1]), [.. SizesOf(beside)]) with
    {
        Tightness = Tightness.Comparison,
    };

    public override Term Compare(string sign, Term a, Term b)
    {
        string written = sign switch { "≤" => "<=", "≥" => ">=", "≠" => "<>", _ => sign };
        (a, b) = (Beside(a, b), Beside(b, a));
        return Made($"{a.In(Tightness.Additive)}{written}{b.In(Tightness.Additive)}", Broadcast(a, b)) with
        {
            Tightness = Tightness.Comparison,
        };
    }

    public override Term Where(Term condition, Term a, Term b) =>
        Made($"IF({condition.Text},{a.Text},{b.Text})", Broadcast(condition, Made("", Broadcast(a, b))));

    public override Term Element(Term table, IReadOnlyList<Term> positions)
    {
        if (positions.Count == 0)
            return table;
        int[] at =
            [.. positions.Select(position => (int)ValueOf(position)), .. table.Rank == 1 ? [1] : Array.Empty<int>()];
        if (table.Items is { } items && at[0] >= 1 && at[0] <= items.Count)
            return positions.Count == 1 ? items[at[0] - 1] : Element(items[at[0] - 1], [.. positions.Skip(1)]);
        int[] sizes = SizesOf(table);
        if (sizes.Length is 0 or > 2 || positions.Count > sizes.Length)
            throw Unlaid(table);
        for (int d = 0; d < positions.Count; d++)
            if (at[d] < 1 || at[d] > sizes[d])
                throw new FormulaException($"{Shown(table)} has no element {at[d]}; the last one is {sizes[d]}.");
        bool isPlace = places.Values.Any(place => ReferenceEquals(place.Term, table));
        int row = isPlace ? places.Values.First(place => ReferenceEquals(place.Term, table)).Row : 0;
        if (positions.Count == table.Rank)
            return Made(isPlace ? Cell(row + at[0] - 1, 1 + at[1]) : $"INDEX({table.Text},{at[0]},{at[1]})", []);
        return isPlace
            ? Made($"TRANSPOSE({Cell(row + at[0] - 1, 2)}:{Cell(row + at[0] - 1, 1 + sizes[1])})", [sizes[1]])
            : Made($"TRANSPOSE(INDEX({table.Text},{at[0]},0))", [sizes[1]]);
    }

    public override Term Size(Term table, int dimension) => Number(SizeOf(table, dimension), "");

    public override Term Whole(Term x) => x;

    public override Term Fold(Fold fold, Func<Term, Term> body)
    {
        int from = (int)ValueOf(fold.From), to = (int)ValueOf(fold.To);
        long count = Math.Max(0, to - (long)from + 1);
        if (count > MostTerms)
            throw new FormulaException($"a sum of {count} terms cannot be written out; at most {MostTerms} can.");
        Term[] terms = [.. Enumerable.Range(from, (int)count).Select(at => body(Number(at, "")))];
        if (terms.Length == 0)
            return Number(fold.Kind == "prod" ? 1 : 0, "");
        string list = string.Join(",", terms.Select(term => term.Text));
        return fold.Kind switch
        {
            "sum" => terms.Skip(1).Aggregate(terms[0], (all, term) => Combine('+', all, term)),
            "prod" => terms.Skip(1).Aggregate(terms[0], (all, term) => Combine('*', all, term)),
            "max" or "min" => Made($"{fold.Kind.ToUpperInvariant()}({list})", []),
            "argmax" or "argmin" => Place(fold.Kind == "argmax" ? "MAX" : "MIN", list, from, terms.Length),
            _ => Stack(terms),
        };
    }

    public override Term Stack(IReadOnlyList<Term> parts)
    {
        string numbers = string.Join(";", Enumerable.Range(1, parts.Count));
        string text = $"CHOOSE({{{numbers}}},{string.Join(",", parts.Select(part => part.Text))})";
        return Made(text, [parts.Count, .. SizesOf(parts[0])]) with { Items = parts };
    }

    public override Term Concat(IReadOnlyList<Term> parts) =>
        throw new FormulaException("cells cannot be put one after another by a formula; write them below one another.");

    public override string Identifier(string name) => name;

    public override Term Parameter(string identifier, int rank, int[]? sizes)
    {
        if (places.TryGetValue(identifier, out (int Row, Term Term) known))
            return known.Term;
        if (rank > 0 && sizes is null || sizes?.Length > 2)
            throw new FormulaException(
                $"the cells of {identifier} cannot be laid out; give its values or its shape, as in {identifier}=2x3.");
        int[] shape = sizes ?? [];
        int rows = shape.Length > 0 ? shape[0] : 1, columns = shape.Length > 1 ? shape[1] : 1;
        if ((long)rows * columns > MostTerms * 10)
            throw new FormulaException($"{identifier} has {(long)rows * columns} numbers, too many to write as cells.");
        string first = Cell(nextRow, 2), last = Cell(nextRow + rows - 1, 1 + columns);
        NumberArray? value = options.Bindings is { } bindings
            && bindings.TryGet(identifier, out NumberArray bound) ? bound : null;
        Term term = Made(rows * columns > 1 ? $"{first}:{last}" : first, shape) with
        {
            Value = value is { IsScalar: true } ? value.Values[0] : null,
        };
        places[identifier] = (nextRow, term);
        symbols.Add((identifier, nextRow, term));
        nextRow += rows;
        return term;
    }

    private Term Made(string text, int[]? sizes)
    {
        if ((written += text.Length + CharactersOfTerm) > MostCharacters)
            throw new FormulaException("the formula takes too many cells when its sums are written out; give smaller "
                + "lists or ranges.");
        return new(text, Tightness.Primary, sizes?.Length ?? 0) { Sizes = sizes };
    }

    // What has no such dimension: a number, or something of which nobody has said the shape.
    private static int SizeOf(Term x, Index dimension) => SizesOf(x) is var sizes
        && dimension.GetOffset(sizes.Length) is var at && at >= 0 && at < sizes.Length ? sizes[at] : throw Unlaid(x);

    private static FormulaException Unlaid(Term x) => new($"the elements of {Shown(x)} cannot be laid out in cells; "
        + "give the shapes of what it is made of.");

    private static string Shown(Term x) => Shortened.To(x.Text, 60);

    private Term Filled(string pattern, Term x, int[]? sizes) =>
        Made(pattern.Replace("{0}", x.Text, StringComparison.Ordinal), sizes) with
        {
            Tightness = IsOneCall(pattern) ? Tightness.Primary : Tightness.Additive,
        };

    private static bool IsOneCall(string pattern)
    {
        int at = 0, depth = 0;
        do
            depth += pattern[at] switch { '(' => 1, ')' => -1, _ => 0 };
        while (++at < pattern.Length && (depth > 0 || char.IsAsciiLetterOrDigit(pattern[at - 1])));
        return at == pattern.Length;
    }

    private Term Place(string extreme, string list, int from, int count)
    {
        string numbers = string.Join(";", Enumerable.Range(1, count));
        Term place = Made($"MATCH({extreme}({list}),CHOOSE({{{numbers}}},{list}),0)", []);
        return from == 1 ? place : place with { Text = $"{place.Text}+{from - 1}", Tightness = Tightness.Additive };
    }

    private static string Joined(char sign, Term a, Term b)
    {
        Tightness tightness = sign is '+' or '-' ? Tightness.Additive : Tightness.Multiplicative;
        return $"{a.In(tightness)}{sign}{b.In(sign == '+' ? tightness : tightness + 1)}";
    }

    // A vector beside a matrix lies along its columns, as everywhere; a column only where it does not fit otherwise.
    private static Term Beside(Term x, Term other) =>
        x.Rank == 1 && other.Rank == 2 && SizesOf(x)[0] == SizesOf(other)[1]
            ? x with { Text = $"TRANSPOSE({x.Text})", Tightness = Tightness.Primary }
            : x;

    private static int[] Broadcast(Term a, Term b) => a.Rank >= b.Rank ? SizesOf(a) : SizesOf(b);

    private static int[] SizesOf(Term x) => x.Sizes ?? [];

    private static string IdentityOf(int n) => $"ROW($1:${n})=TRANSPOSE(ROW($1:${n}))";

    private static double ValueOf(Term x) => x.Value
        ?? throw new FormulaException(
            $"how often {Shown(x)} repeats must be known to write a sum out; give its value.");
}
