using System.Text.Json;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Trees;
using Xunit.Abstractions;

namespace Nabla.Formulas.Tests.Knowledge;

/// <summary>Formulas are recognised whatever their letters and layout, and strangers are not.</summary>
public sealed class RecogniserTests(ITestOutputHelper output)
{

    [Fact]
    public void Each_writing_of_each_entry_is_recognised_as_that_entry()
    {
        (string Id, string Formula)[] own =
            [.. KnowledgeBase.Entries.SelectMany(entry => entry.Formulas.Select(formula => (entry.Id, formula)))];
        string[] failures = [.. own.Select(Failure).OfType<string>()];
        output.WriteLine(string.Join('\n', failures));
        failures.Length.ShouldBeLessThanOrEqualTo(own.Length / 100);
    }

    [Fact]
    public void Formulas_as_other_papers_write_them_are_recognised()
    {
        (string Id, string Formula)[] variants = [.. Lines("variants.tsv").Select(line => line.Split('\t', 2))
            .Select(parts => (parts[0], parts[1]))];
        variants.Length.ShouldBeGreaterThan(120);
        string[] failures = [.. variants.Select(Failure).OfType<string>()];
        output.WriteLine($"{variants.Length - failures.Length} of {variants.Length}\n{string.Join('\n', failures)}");
        failures.Length.ShouldBeLessThanOrEqualTo(variants.Length / 10);
    }

    [Fact]
    public void Formulas_of_other_fields_are_recognised_as_nothing() => Lines("strangers.tsv")
        .Select(formula => (formula, Recogniser.Recognise(Formula.Parse(formula))))
        .Where(pair => pair.Item2.Count > 0).Select(pair => $"{pair.formula}: {pair.Item2[0].Entry.Id}")
        .ShouldBeEmpty();

    [Fact]
    public void Other_letters_and_another_order_of_terms_do_not_matter_in_a_formula_of_some_size()
    {
        var random = new Random(1);
        int all = 0, recognised = 0;
        foreach (Entry entry in KnowledgeBase.Entries)
        {
            foreach (Formula formula in entry.Formulas.Select(Formula.Parse).Where(f => f.Tree.All().Count() > 15))
            {
                Formula renamed = formula with { Tree = Renamed(formula.Tree, random) };
                all++;
                recognised += Recogniser.Recognise(renamed) is [var first, ..] && first.Entry.Id == entry.Id ? 1 : 0;
            }
        }
        output.WriteLine($"{recognised} of {all}");
        ((double)recognised / all).ShouldBeGreaterThan(0.93);
    }

    [FactNeeding(Needing.GivenFormulas)]
    public void The_examples_from_papers_and_blogs_are_recognised()
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["gelu_tanh"] = "gelu_tanh",
            ["ce_batch"] = "cross_entropy_loss",
            ["focal"] = "focal_loss",
            ["huber_cases"] = "huber",
            ["adam_bias"] = "adam_bias_correction",
            ["cosine_schedule"] = "cosine_schedule",
            ["chain_rule"] = "chain_rule",
            ["gaussian_pdf"] = "gaussian_pdf",
            ["elbo"] = "elbo",
            ["f_beta"] = "f_beta",
            ["u_gd"] = "gradient_descent",
            ["u_cross_entropy"] = "cross_entropy",
            ["u_iou"] = "iou",
            ["a_linear"] = "linear_model",
            ["a_ce"] = "cross_entropy_loss",
        };
        using JsonDocument given = JsonDocument.Parse(File.ReadAllText(Needing.PathOf(Needing.GivenFormulas)!));
        foreach (JsonElement example in given.RootElement.EnumerateArray())
        {
            if (ids.TryGetValue(example.GetProperty("id").GetString()!, out string? id))
                Failure((id, example.GetProperty("latex").GetString()!)).ShouldBeNull();
        }
    }

    [Fact]
    public void A_formula_that_bears_a_name_is_what_it_is_called_if_it_is_like_it_at_all()
    {
        Recogniser.Recognise(Formula.Parse(@"\mathcal{L}_{DPO} = -\log \sigma(\beta (a - b) + \delta)"))
            .ShouldContain(found => found.Entry.Id == "dpo");
        Recogniser.Recognise(Formula.Parse(@"\mathcal{L}_{DPO} = 3x"))
            .ShouldNotContain(found => found.Entry.Id == "dpo");
    }

    [Theory]
    [InlineData(@"BN(x) = \gamma (x-\mu)/\sqrt{\sigma^2+\epsilon}+\beta", "batchnorm")]
    [InlineData(@"LN(x) = \gamma (x-\mu)/\sqrt{\sigma^2+\epsilon}+\beta", "layernorm")]
    [InlineData("LayerNorm(x) = (x - E[x])/sqrt(Var[x]+eps)*gamma+beta", "layernorm")]
    [InlineData("x_hat = (x - batch_mean) / np.sqrt(batch_var + eps)", "batchnorm")]
    public void Of_formulas_that_look_alike_the_name_on_the_left_decides(string formula, string id)
    {
        IReadOnlyList<Recognition> found = Recogniser.Recognise(Formula.Parse(formula));
        found[0].Entry.Id.ShouldBe(id);
        found.Skip(1).ShouldAllBe(other => other.Confidence < found[0].Confidence);
    }

    [Theory]
    [InlineData("clip_coef = max_norm / (total_norm + 1e-6)", "clip_loss")]
    [InlineData("x y", "outer_product")]
    [InlineData("x ⊙ y", "outer_product")]
    [InlineData("q_φ(z|x) = N(z; μ, σ²I)", "ddpm_reverse")]
    public void A_part_of_a_name_or_a_like_shape_alone_is_no_name(string formula, string id)
    {
        IReadOnlyList<Recognition> found = Recogniser.Recognise(Formula.Parse(formula));
        if (found.Count > 0)
            (found[0].Entry.Id == id).ShouldBeFalse();
    }

    [Fact]
    public void It_says_which_symbol_stands_for_which()
    {
        Formula formula = Formula.Parse(@"p_k = \frac{e^{s_k / c}}{\sum_{m=1}^{M} e^{s_m / c}}");
        Recognition softmax = Recogniser.Recognise(formula)[0];
        softmax.Entry.Id.ShouldBe("softmax_temperature");
        Symbol[] symbols = [.. formula.Tree.All().OfType<Symbol>()];
        softmax.RoleOf(symbols.First(symbol => symbol.Name == "s_k"))!.Name.ShouldBe("logits");
        softmax.RoleOf(symbols.First(symbol => symbol.Name == "c"))!.Name.ShouldBe("temperature");
        softmax.RoleOf(new Symbol("banana")).ShouldBeNull();
    }

    [Fact]
    public void A_formula_inside_of_another_is_found_with_less_confidence()
    {
        IReadOnlyList<Recognition> found = Recogniser.Recognise(Formula.Parse(
            @"M = \alpha A + \beta B + \gamma C (0.5x(1+\tanh[\sqrt{2/\pi}(x+0.044715x^3)]))"));
        found[0].Entry.Id.ShouldBe("gelu_tanh");
        found[0].IsPart.ShouldBeTrue();
        found[0].Confidence.ShouldBeLessThan(0.8);
    }

    private static string? Failure((string Id, string Formula) expected)
    {
        IReadOnlyList<Recognition> found = Recogniser.Recognise(Formula.Parse(expected.Formula));
        string id = found.Count == 0 ? "nothing" : found[0].Entry.Id;
        return id == expected.Id ? null : $"{expected.Id}: {expected.Formula} was {id}";
    }

    private static Expression Renamed(Expression tree, Random random)
    {
        var free = new Queue<char>("bcghjkmnrsuvwxyz".OrderBy(_ => random.Next()));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return tree.Rewrite(node => node switch
        {
            Symbol { Kind: SymbolKind.Variable, Letter: [>= 'a' and <= 'z' and var letter] } symbol
                when !"pqedfg".Contains(letter) => symbol with { Letter = Name(symbol.Letter) },
            Sum sum => sum with { Terms = [.. sum.Terms.Reverse()] },
            _ => node,
        });

        string Name(string letter)
        {
            if (!names.TryGetValue(letter, out string? name))
                names[letter] = name = free.TryDequeue(out char other) ? other.ToString() : letter;
            return name;
        }
    }

    private static IEnumerable<string> Lines(string file)
    {
        using Stream stream = typeof(RecogniserTests).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
