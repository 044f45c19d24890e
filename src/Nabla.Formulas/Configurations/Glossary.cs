using System.Text.Json;

namespace Nabla.Formulas.Configurations;

/// <summary>What the names of settings and of logged numbers mean: the files in <c>Data/</c>.</summary>
internal sealed class Glossary
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private static readonly Lazy<Glossary> OfSettings = new(() => new("settings.json"));
    private static readonly Lazy<Glossary> OfLlmC = new(() => new("llm-c.json"));
    private static readonly Lazy<Glossary> OfMetrics = new(() => new("metrics.json"));

    private readonly Dictionary<string, Term> terms = new(StringComparer.Ordinal);

    private Glossary(string file)
    {
        using Stream stream = typeof(Glossary).Assembly.GetManifestResourceStream("configurations/" + file)!;
        foreach (Term term in JsonSerializer.Deserialize<Term[]>(stream, Options)!)
            foreach (string name in term.Names)
                terms.Add(Normal(name), term);
    }

    /// <summary>Settings of training runs, optimizers and models.</summary>
    public static Glossary Settings => OfSettings.Value;

    /// <summary>Options of llm.c, which are letters; they are in train_gpt2.cu, error_usage().</summary>
    public static Glossary LlmC => OfLlmC.Value;

    /// <summary>Numbers that training logs print.</summary>
    public static Glossary Metrics => OfMetrics.Value;

    /// <summary>All terms, each once.</summary>
    public IEnumerable<Term> Terms => terms.Values.Distinct();

    /// <summary>The term with this name, however it is spelt: <c>learningRate</c>, <c>--learning-rate</c>.</summary>
    public Term? Find(string name) => terms.GetValueOrDefault(Normal(name));

    private static string Normal(string name) => name
        .Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal).ToLowerInvariant();
}

/// <summary>What a name means.</summary>
/// <param name="Names">The names that it has in different programs.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Meaning">What it does or says.</param>
internal sealed record Term(string[] Names, string Title, string Meaning)
{
    /// <summary>The rule that says what a value amounts to, see <see cref="ValueRules"/>; or empty.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The entry of the knowledge base that says more, or empty.</summary>
    public string Entry { get; init; } = "";

    /// <summary>What a value with one of these names says.</summary>
    public ExplainedValue Explain(string name, string value) =>
        new(name, value, Title, Meaning) { Amounts = ValueRules.Apply(Rule, value) };
}
