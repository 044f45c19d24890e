namespace Nabla.Formulas.Articles.Claims;

/// <summary>What names and commas mean in a piece of arithmetic.</summary>
internal sealed record ArithmeticContext
{
    /// <summary>Numbers, signs and the usual functions.</summary>
    public static ArithmeticContext Plain { get; } = new();

    /// <summary>Whether names of one letter are variables and stand beside factors: 2xy.</summary>
    public bool IsAlgebra { get; init; }

    /// <summary>Whether 1.000,5 is meant as in most of Europe.</summary>
    public bool IsEuropean { get; init; }

    /// <summary>Whether the text is cut where a relation sign follows.</summary>
    public bool EndsAtSign { get; init; }

    /// <summary>Whether 6 / 2 * 10^3 is 3 * 10^3, as in programs, and not 6 / (2 * 10^3).</summary>
    public bool SplitsPowersOfTen { get; init; }

    /// <summary>Whether 6 / 2(1 + 2) is 6 / (2(1 + 2)): all factors behind the sign of a division divide.</summary>
    public bool DividesByAll { get; init; }

    /// <summary>Whether −2^2 is (−2)^2, as in spreadsheets.</summary>
    public bool SignBindsFirst { get; init; }

    /// <summary>Whether sines and their like take degrees.</summary>
    public bool InDegrees { get; init; }

    /// <summary>The base of a log without one.</summary>
    public double LogBase { get; init; } = Math.E;

    public IReadOnlyDictionary<string, Quantity>? Variables { get; init; }

    /// <summary>Functions that the article defines, by name.</summary>
    public IReadOnlyDictionary<string, Func<IReadOnlyList<Quantity>, Quantity?>>? Functions { get; init; }

    /// <summary>Known functions that the article may define in its own way.</summary>
    public IReadOnlySet<string>? Redefined { get; init; }

    /// <summary>By how much a number may be off because it was rounded before, or 0.</summary>
    public Func<PrintedNumber, double>? Rounded { get; init; }

    public Quantity? Variable(string name) => Variables?.GetValueOrDefault(name);

    public Quantity? Call(string name, Quantity argument)
    {
        IReadOnlyList<Quantity> arguments = argument.Items ?? [argument];
        if (Functions?.GetValueOrDefault(name) is { } own)
            return own(arguments);
        if (name.Equals("log", StringComparison.OrdinalIgnoreCase) && arguments.Count == 1)
            return ArithmeticRules.Apply(x => Math.Log(x) / Math.Log(LogBase), argument.Items is null ? argument
                : arguments[0]);
        if (InDegrees && NamedFunctions.TakesAngle(name) && arguments is [{ IsList: false } angle])
            arguments = [ArithmeticRules.Apply(degrees => degrees * (Math.PI / 180), angle)];
        Quantity? value = NamedFunctions.Call(name, arguments);
        return value is not null && Redefined?.Contains(name) == true ? value with { IsOpen = true } : value;
    }
}
