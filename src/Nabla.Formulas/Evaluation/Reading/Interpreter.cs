using System.Runtime.CompilerServices;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;
using Nabla.Numerics;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// Reads a tree with numbers: each kind of node has its rule in <see cref="NodeRules"/>, which computes it on the tape.
/// </summary>
internal sealed class Interpreter
{
    private const int MostCalls = 60;

    private readonly HashSet<string> leftIndices = new(StringComparer.Ordinal);
    private readonly HashSet<string> leftArguments = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, Running> free = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly List<(Expression Expression, Quantity Value)> steps = [];
    private readonly HashSet<Expression> seen = [];
    private readonly List<string> notes = [], warnings = [];
    private readonly HashSet<string> withoutGradient = new(StringComparer.Ordinal);
    private readonly IndexRanges ranges;
    private int axes, silence, calls;

    public Interpreter(Bindings bindings, EvaluationOptions options, Definitions definitions)
    {
        Options = options;
        Tape = new(options, options.Budget ?? Budget.OfEvaluation());
        Algebra = new(Tape);
        Store = new(bindings, Tape, options.Gradients);
        Definitions = definitions;
        Lookup = new(this);
        ranges = new(this);
        Symbols = new(this);
        Random = new(options.Seed);
    }

    public EvaluationOptions Options { get; }

    public Tape Tape { get; }

    public Algebra Algebra { get; }

    public Store Store { get; }

    public Lookup Lookup { get; }

    public Definitions Definitions { get; }

    public IndexRanges Ranges => ranges;

    public SymbolValues Symbols { get; }

    public Rng Random { get; }

    /// <summary>The expression whose value is asked for: over it, letters that nothing defines run.</summary>
    public Expression Target { get; private set; } = new Number(0, "0");

    /// <summary>Whether an identity matrix stands beside an exponential in it.</summary>
    public Lazy<bool> BesideIdentity { get; private set; } = new(false);

    /// <summary>The target's sums, products and lists with dots that end with a letter which nothing defines.</summary>
    public IReadOnlyList<BigOperator> Dotted { get; private set; } = [];

    /// <summary>What was computed, in order.</summary>
    public IReadOnlyList<(Expression Expression, Quantity Value)> Steps => steps;

    public IReadOnlyList<string> Notes => notes;

    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>The letters that run over the whole formula.</summary>
    public IReadOnlyDictionary<string, Running> Free => free;

    /// <summary>The largest standard error of what was sampled.</summary>
    public double? StandardError { get; set; }

    /// <summary>Evaluates the whole: what is to be computed, and what stands left of it.</summary>
    public Quantity EvaluateTarget(Expression target, Expression? left)
    {
        Target = target;
        BesideIdentity = MatrixExponential.BesideIdentity(target);
        Dotted = [.. Series.Within(target).Where(sum => Store.Find(((Symbol)sum.Range.To!).Name) is null)];
        if (left is not null)
            FindLeftIndices(left);
        leftArguments.RemoveWhere(Store.IsMark);
        foreach (string letter in leftIndices.Concat(leftArguments).Where(letter => Store.Find(letter) is null))
            RunFreely(letter);
        return Evaluate(target, Scope.Empty);
    }

    /// <summary>The value of a node.</summary>
    /// <exception cref="FormulaException">It has none; the message says why.</exception>
    public Quantity Evaluate(Expression node, Scope scope)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new FormulaException("the formula is nested too deeply to be evaluated.");
        Quantity value = AccessOf(node, scope, name => Runs(name, scope)) is { } access
            ? Elements(access, scope, node is Call)
            : node is not Symbol && Store.Find(node) is { } bound ? bound.Quantity()
            : node.ByRow.IsSaid ? RowRules.Evaluate(this, node, scope)
            : NodeRules.Evaluate(this, node, scope);
        if (silence == 0 && Options.Steps && node is not (Atom or Symbol or Annotated or Collection) && seen.Add(node))
            steps.Add((node, value));
        return value;
    }

    /// <summary>The value of a node that must be one number.</summary>
    /// <exception cref="FormulaException">It is a list, or depends on a running index.</exception>
    public double EvaluateNumber(Expression node, Scope scope, string what)
    {
        Quantity value = Silently(() => Evaluate(node, scope));
        return value.IsNumber
            ? value.Node.Scalar
            : throw new FormulaException($"{what} must be one number, but its shape is {value.Node.Shape}.");
    }

    /// <summary>Evaluates without keeping steps.</summary>
    public T Silently<T>(Func<T> evaluate)
    {
        silence++;
        try
        {
            return evaluate();
        }
        finally
        {
            silence--;
        }
    }

    /// <summary>The body of a function, evaluated with its arguments.</summary>
    /// <exception cref="FormulaException">Functions call one another without end.</exception>
    public Quantity Invoke(Expression body, Scope scope)
    {
        if (++calls > MostCalls)
            throw new FormulaException($"functions call one another more than {MostCalls} deep.");
        try
        {
            return Evaluate(body, scope);
        }
        finally
        {
            calls--;
        }
    }

    /// <summary>Elements of something bound that a node means, or null.</summary>
    public Access? AccessOf(Expression node, Scope scope, Func<string, bool> runs) => node switch
    {
        Symbol symbol when scope.Find(symbol.Name) is null => Lookup.Find(symbol, runs),
        Call table when Store.Find(node) is { } named =>
            Lookup.Find(OfRank(table, named.Shape.Rank), named, runs) ?? Lookup.Within(table, named, runs),
        not Symbol when Store.Find(node) is { } whole => Lookup.Within(node, whole, runs),
        Call { Function: Symbol function } call when StoredFunction(function, scope) is { } stored =>
            IndexedFunction(call, stored, runs) ?? Lookup.Find(call, stored, runs),
        _ => null,
    };

    // p(x|z) that is one list beside p(z) is that of each z, for the x that was observed.
    private Call OfRank(Call call, int rank)
    {
        if (call.Arguments.Count <= rank)
            return call;
        Expression[] known = [.. call.Arguments.Where(argument =>
            Store.Find(call with { Arguments = [argument], Separators = [] }) is { })];
        return known.Length == rank ? call with { Arguments = [.. known], Separators = [] }
            : call with { Arguments = [], Separators = [] };
    }

    // r_m(d) with a list r is its m-th number; f_i (a + b) is a product.
    private Access? IndexedFunction(Call call, Stored stored, Func<string, bool> runs) =>
        call is { Function: Symbol function, Arguments: not [Sum or Quotient or Product] }
        && stored.Name != function.Name && stored.Shape.Rank == function.Subscripts.Count
            ? Lookup.Find(function, runs) : null;

    /// <summary>What a function's name is bound to, where it is no function of the formula itself.</summary>
    public Stored? StoredFunction(Symbol function, Scope scope) => scope.Find(function.Name) is null
        && Definitions.FindFunction(function.Name) is null
        ? Store.Find(function.Name) ?? (function.IsBare || function.IsInverse || IsExtreme(function) ? null
            : Store.Find(function.StemName))
        : null;

    // σ_max is no element of a σ.
    private static bool IsExtreme(Symbol function) => function.Subscripts is [Symbol { Letter: "max" or "min" }];

    /// <summary>Whether a letter is an index that runs at this place.</summary>
    public bool Runs(string name, Scope scope) =>
        scope.Find(name) is { } running ? running.Axis is not null : free.ContainsKey(name);

    /// <summary>Whether a letter is an index on the left side: p_i = ….</summary>
    public bool IsLeftIndex(string name) => leftIndices.Contains(name);

    /// <summary>Whether a letter is an argument on the left side: v(s) = ….</summary>
    public bool IsLeftArgument(string name) => leftArguments.Contains(name) && Store.Find(name) is null;

    /// <summary>The letter as an index that runs over the whole formula; null if nothing says how far.</summary>
    public Running? RunFreely(string name)
    {
        if (free.TryGetValue(name, out Running? known))
            return known;
        if (!asked.Add(name))
            return null; // to say how far it runs its own range would be needed
        try
        {
            List<IndexUse> uses = ranges.Uses(Target, Scope.Empty, [name, .. free.Keys]);
            if ((ranges.Range(name, uses, Scope.Empty) ?? Stated(name) ?? Behind(name)) is not { } range
                || range.To < range.From)
                return null;
            return free[name] = Run(name, range.From, range.To);
        }
        finally
        {
            asked.Remove(name);
        }
    }

    // i ∈ {1, …, d/2} behind the formula
    private (int From, int To)? Stated(string name) => Definitions.FindRange(name) is { } ends
        ? (RangeReader.End(this, ends.From, Scope.Empty, name, smallest: true),
            RangeReader.End(this, ends.To, Scope.Empty, name, smallest: false)) : null;

    /// <summary>The letter as an index over the whole formula, up to a length where nothing else bounds it.</summary>
    public Running RunFreely(string name, int length) => RunFreely(name) ?? (free[name] = Run(name, 1, length));

    // The i of c_i = Σ_j α_ij h_j with α_ij = e_ij²: as far as what the definitions are made of says.
    private (int From, int To)? Behind(string name)
    {
        Expression whole = Definitions.Inserted(Target);
        return ReferenceEquals(whole, Target) ? null
            : ranges.Range(name, ranges.Uses(whole, Scope.Empty, [name, .. free.Keys]), Scope.Empty);
    }

    /// <summary>A new index that runs over whole numbers.</summary>
    public Running Run(string name, int from, int to)
    {
        var axis = new Axis(name, to - from + 1, axes++);
        Tape.Charge(axis.Size, axis.Size);
        var values = new double[axis.Size];
        for (int i = 0; i < values.Length; i++)
            values[i] = from + i;
        return new Running(name, Algebra.Along(axis, values)) { Axis = axis };
    }

    /// <summary>A new axis that nothing is named by: samples, or points of an integral.</summary>
    public Axis NewAxis(string name, int size) => new(name, size, axes++);

    /// <summary>The elements that a symbol or a call means.</summary>
    public Quantity Elements(Access access, Scope scope, bool isCall)
    {
        var indices = new List<TableIndex>();
        foreach ((int dimension, Expression index) in access.Indices)
        {
            int size = access.Shape[dimension];
            Quantity position = Silently(() => Position(index, scope, running => ByPlace(running, size, isCall)));
            indices.Add(new(dimension, position, FirstOf(access.Name, index, scope)));
        }
        return Algebra.Elements(access.Name, access.Table(), indices, scope.Mask);
    }

    /// <summary>
    /// Whether a sum without an index adds up all entries of what is computed: then z · y is the product of each pair.
    /// </summary>
    public bool TakesEntries { get; set; }

    /// <summary>How powers of square matrices are meant here.</summary>
    public PowerSense PowerSense { get; private set; }

    /// <summary>Evaluates where powers of square matrices are meant in some way.</summary>
    public Quantity EvaluateIn(PowerSense sense, Expression node, Scope scope) =>
        In(sense, () => Evaluate(node, scope));

    /// <summary>Does something where powers of square matrices are meant in some way.</summary>
    public Quantity In(PowerSense sense, Func<Quantity> evaluate)
    {
        PowerSense before = PowerSense;
        PowerSense = sense;
        try
        {
            return evaluate();
        }
        finally
        {
            PowerSense = before;
        }
    }

    /// <summary>The bound names by which no derivative can be given.</summary>
    public IReadOnlySet<string> WithoutGradient => withoutGradient;

    /// <summary>By these no derivative is given, and why.</summary>
    public void HideGradients(IEnumerable<Symbol> symbols, string reason)
    {
        foreach (Symbol symbol in symbols)
            if (Options.Gradients.Contains(symbol.Name, StringComparer.Ordinal) && withoutGradient.Add(symbol.Name))
                Warn($"{reason}: the derivative by {symbol.Name} is left out.");
    }

    /// <summary>Says once how something was read.</summary>
    public void Note(string note)
    {
        if (!notes.Contains(note, StringComparer.Ordinal))
            notes.Add(note);
    }

    /// <summary>Says once that something is suspicious.</summary>
    public void Warn(string warning)
    {
        if (!warnings.Contains(warning, StringComparer.Ordinal))
            warnings.Add(warning);
    }

    /// <summary>Says once that one of these numbers is suspicious, which changes nothing.</summary>
    public void WarnIfAny(Node node, Predicate<double> isSuspicious, string warning)
    {
        if (Array.Exists(node.Numbers, isSuspicious))
            Warn(warning);
    }

    // x that runs over a list of values: p(x) belongs to the place of the value in the list, where p has as many
    // entries; the i of x_i with i ∈ {1, 3} is the number of an element, where there are such elements.
    private bool ByPlace(Running running, int size, bool isCall)
    {
        double[] values = running.Value.Node.Values;
        if (isCall || running.Value.Rank > 0)
            return running.Axis!.Size == size;
        return running.Axis!.Size == size
            && !Array.TrueForAll(values, value => value >= 1 && value <= size && value == Math.Floor(value));
    }

    private Quantity Position(Expression index, Scope scope, Func<Running, bool> isByPlace)
    {
        if (index is Symbol symbol)
        {
            if (scope.Find(symbol.Name) is { } running)
                return running.Position is { } place && isByPlace(running) ? place : running.Value;
            if (Store.Find(symbol.Name) is null && !IsLeftIndex(symbol.Name) && !free.ContainsKey(symbol.Name)
                && Symbols.Size(symbol.Name) is { } size)
                return size; // the last one, x_n
            if (Store.Find(symbol.Name) is null && AccessOf(symbol, scope, name => Runs(name, scope)) is null
                && RunFreely(symbol.Name) is { } freely)
                return freely.Value;
        }
        return Evaluate(index, scope);
    }

    private static int FirstOf(string table, Expression index, Scope scope) =>
        index.All().Any(part => part is Symbol symbol && scope.Find(symbol.Name)?.FromZero.Contains(table) == true)
            ? 0 : 1;

    private void FindLeftIndices(Expression left)
    {
        Expression at = left;
        while (at is Annotated annotated)
            at = annotated.Inner;
        IEnumerable<Expression> marks = at switch
        {
            Symbol symbol => symbol.Subscripts.Concat(symbol.Superscripts),
            Element element => element.Indices,
            Call { Function: Symbol function } => function.Subscripts.Concat(function.Superscripts),
            _ => [],
        };
        foreach (Symbol symbol in marks.SelectMany(mark => mark.All()).OfType<Symbol>().Where(symbol => symbol.IsBare))
            leftIndices.Add(symbol.Name);
        if (at is Call or Element { Target: Call })
        {
            NodeList<Expression> arguments = (at as Call ?? (Call)((Element)at).Target).Arguments;
            foreach (Expression argument in arguments.Any(one => one is Ellipsis) ? [] : arguments) // f(x_1, …, x_n)
                AddArgument(argument);
        }
    }

    private void AddArgument(Expression argument)
    {
        if (argument is not Symbol symbol)
            return;
        if (symbol.Letter.Length == 1) // v(s) is a list over s; L(θ) is not one over θ
            leftArguments.Add(symbol.Name);
        foreach (Symbol index in symbol.Subscripts.Concat(symbol.Superscripts).OfType<Symbol>()
            .Where(mark => mark.IsBare))
            leftIndices.Add(index.Name);
    }
}
