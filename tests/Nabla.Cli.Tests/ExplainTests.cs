using System.Text.Json;
using Nabla.Cli.Explain.Pieces;
using Nabla.Formulas.Evaluation;

namespace Nabla.Cli.Tests;

public class ExplainTests
{
    private const string Attention = @"\text{Attention}(Q, K, V) = \text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V";

    [Fact]
    public void Json_has_every_field_of_the_contract()
    {
        InProcess result = InProcess.Run("explain", Attention, "--json");
        result.ExitCode.ShouldBe(0, result.Errors);
        JsonElement json = result.Json;
        json.GetProperty("ok").GetBoolean().ShouldBeTrue();
        json.GetProperty("input_style").GetString().ShouldBe("latex");
        foreach (string text in new[] { "latex", "mathml", "reading", "paragraph" })
            json.GetProperty(text).GetString().ShouldNotBeNullOrWhiteSpace();
        foreach (string list in new[] { "steps", "symbols", "recognised", "warnings" })
            json.GetProperty(list).ValueKind.ShouldBe(JsonValueKind.Array);
        foreach (string field in new[] { "latex", "reading", "shape", "value" })
            json.GetProperty("steps")[0].TryGetProperty(field, out _).ShouldBeTrue(field);
        foreach (string field in new[] { "symbol", "name", "role", "shape", "value" })
            json.GetProperty("symbols")[0].TryGetProperty(field, out _).ShouldBeTrue(field);
        json.GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("gradients").ValueKind.ShouldBe(JsonValueKind.Object);
        result.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("latex", @"\frac{a}{b}")]
    [InlineData("unicode", "θ ← θ − η∇L")]
    [InlineData("ascii", "y_hat = w^T x + b")]
    public void The_way_of_writing_is_told(string style, string formula) =>
        InProcess.Run("explain", formula, "--json").Json.GetProperty("input_style").GetString().ShouldBe(style);

    [Fact]
    public void The_name_of_a_formula_explains_it_and_a_name_of_several_lists_them()
    {
        InProcess softmax = InProcess.Run("explain", "softmax", "--with", "z=[0,0]", "--json");
        softmax.Json.GetProperty("recognised")[0].GetProperty("id").GetString().ShouldBe("softmax");
        softmax.Json.GetProperty("value")[0].GetDouble().ShouldBe(0.5);
        InProcess several = InProcess.Run("explain", "lstm");
        several.ExitCode.ShouldBe(0);
        several.Output.ShouldContain("lstm_gate");
    }

    [Fact]
    public void A_misspelled_option_is_not_read_as_a_part_of_the_formula()
    {
        InProcess result = InProcess.Run("explain", "x^2", "--wiht", "x=2");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("'--wiht'");
        result.Errors.ShouldContain("'--with'");
    }

    [Fact]
    public void One_tries_next_what_is_learned_and_keeps_what_was_given()
    {
        InProcess.Run("explain", "L = -\\sum_c y_c \\log \\hat{y}_c", "--with", "y=[0,1]", "y_hat=[0.3,0.7]")
            .Output.ShouldContain("--grad y_hat");
        InProcess.Run("explain", "y = a x", "--with", "a=2").Output.ShouldContain("--with a=2 'x=…'");
    }

    [Fact]
    public void A_text_that_is_no_formula_is_a_document_with_the_place_and_exit_code_2()
    {
        InProcess result = InProcess.Run("explain", @"\frac{a}{", "--json");
        result.ExitCode.ShouldBe(2);
        result.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
        result.Json.GetProperty("error").GetString().ShouldNotBeNullOrWhiteSpace();
        result.Json.GetProperty("position").GetInt32().ShouldBeInRange(0, 9);
        result.Json.GetProperty("expected").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void A_text_that_is_no_formula_is_shown_with_a_mark_under_the_place()
    {
        InProcess result = InProcess.Run("explain", "a + (b");
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        string[] lines = result.Errors.TrimEnd('\n').Split('\n');
        lines[0].ShouldStartWith("nabla: ");
        lines[1].ShouldBe("  a + (b");
        lines[2].TrimStart().ShouldStartWith("^");
    }

    [Theory]
    [InlineData("-sum_{i=1 to N} p_i log p_i")]
    [InlineData("-x^2")]
    [InlineData("-p log p - (1-p) log (1-p)")]
    [InlineData("--", "-x")]
    public void A_formula_may_begin_with_a_minus_sign(params string[] words)
    {
        InProcess result = InProcess.Run(["explain", "--json", .. words]);
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Json.GetProperty("reading").GetString()!.ShouldStartWith("minus ");
    }

    [Fact]
    public void A_formula_can_come_from_standard_input()
    {
        InProcess result = InProcess.Run(terminal: null, "a/b\n", "explain", "-", "--length", "line");
        result.Output.ShouldBe("a over b\n");
    }

    [Theory]
    [InlineData("paragraph", "∂/∂b = 1")]
    [InlineData("line", "y is a times x plus b (= 7)")]
    public void Values_are_told_at_every_length(string length, string told) => InProcess.Run("explain", "y = a x + b",
        "--with", "a=2", "x=3", "b=1", "--grad", "b", "--length", length).Output.ShouldContain(told);

    [Fact]
    public void A_formula_may_stand_behind_the_values()
    {
        InProcess result = InProcess.Run("explain", "--json", "--with", "a=1", "b=2", "c = a + b");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Json.GetProperty("formula").GetString().ShouldBe("c = a + b");
    }

    [Theory]
    [InlineData("nothing at all")]
    [InlineData("'x' binds nothing", "a+x", "--with", "x")]
    [InlineData("the value 'many'", "a+x", "--with", "x=many")]
    [InlineData("'3x0' is no shape", "a+x", "--shapes", "x=3x0")]
    public void Wrong_words_are_errors_with_a_remedy(string message, params string[] words)
    {
        InProcess result = InProcess.Run(["explain", .. words]);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(words.Length == 0 ? "needs FORMULA" : message);
    }

    [Fact]
    public void A_page_says_what_the_symbols_are()
    {
        string page = InProcess.Run("explain", Attention, "--to", "html").Output;
        page.ShouldContain("<math");
        page.ShouldContain("queries");
        page.ShouldContain("Scaled dot-product attention");
    }

    [Fact]
    public void The_screen_shows_words_symbols_and_steps()
    {
        string output = InProcess.Run("explain", Attention).Output;
        string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain("the softmax of Q times K transposed over the square root of d_k, times V");
        output.ShouldContain("Symbols");
        output.ShouldContain("queries");
        output.ShouldContain("Step by step");
        output.ShouldNotContain('\e');
        output.Split('\n').ShouldAllBe(line => line.Length <= 100);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public void Narrow_terminals_are_enough(int columns)
    {
        InProcess result = InProcess.Run(InProcess.Terminal(columns), "", "explain", Attention);
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain('\e');
    }

    [Theory]
    [InlineData("latex", @"\frac{a}{b}")]
    [InlineData("text", "a/b")]
    public void A_formula_can_be_written_in_another_language(string language, string expected) =>
        InProcess.Run("explain", "a/b", "--to", language).Output.ShouldBe(expected + "\n");

    [Fact]
    public void What_is_written_can_go_to_a_file()
    {
        string file = Path.Combine(Path.GetTempPath(), $"nabla-{Guid.NewGuid():N}.json");
        try
        {
            InProcess.Run("explain", "a/b", "--json", "--out", file).Output.ShouldBeEmpty();
            JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("ok").GetBoolean().ShouldBeTrue();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("python")]
    [InlineData("latex")]
    [InlineData("html")]
    public void In_another_language_and_as_json_there_is_one_document_with_the_program(string language)
    {
        JsonElement json = InProcess.Run("explain", "a/b", "--to", language, "--json").Json;
        json.GetProperty("ok").GetBoolean().ShouldBeTrue();
        json.GetProperty("language").GetString().ShouldBe(language);
        json.GetProperty("code").GetString()!.TrimEnd()
            .ShouldBe(InProcess.Run("explain", "a/b", "--to", language).Output.TrimEnd());
    }

    [Theory]
    [InlineData("--batch takes no --to, --length;", "--batch", "-", "--to", "python", "--length", "line")]
    [InlineData("--batch takes no --plot;", "--batch", "-", "--plot", "x.svg")]
    [InlineData("but there is 'a+b'", "a+b", "--batch", "-")]
    [InlineData("--op takes no --to;", "--op", "softmax", "--to", "python")]
    [InlineData("--op takes no --with, --batch;", "--op", "softmax", "--batch", "-", "--with", "x=1")]
    [InlineData("but there is 'x^2'", "--op", "softmax", "x^2")]
    public void What_would_be_left_out_in_silence_is_refused(string message, params string[] arguments)
    {
        InProcess result = InProcess.Run(["explain", .. arguments]);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(message);
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_name_of_an_operation_and_of_its_layer_gives_the_operation_first_in_one_document()
    {
        JsonElement softmax = InProcess.Run("explain", "--op", "softmax", "--json").Json;
        softmax.GetProperty("kind").GetString().ShouldBe("operation");
        softmax.GetProperty("more")[0].GetProperty("kind").GetString().ShouldBe("layer");
    }

    [Theory]
    [InlineData("linear", "y = x·Wᵀ + b")]
    [InlineData("activation", "y = f(x)")]
    public void A_layer_is_explained_by_its_formula_and_code(string name, string formula)
    {
        JsonElement layer = InProcess.Run("explain", "--op", name, "--json").Json;
        layer.GetProperty("formula").GetString().ShouldBe(formula);
        layer.GetProperty("code").GetString()!.ShouldContain("Forward(Tensor x)");
    }

    [Fact]
    public void The_numbers_shown_of_every_operation_are_the_same_by_formula_and_by_code()
    {
        int compared = 0;
        foreach (Piece piece in PieceCatalog.All.Where(piece => piece.Sample is not null))
        {
            if (PieceProof.Of(piece.Sample!) is not { } proof)
                continue;
            compared++;
            ShouldAgree(proof.ByFormula, proof.ByKernel, piece.Name);
            foreach ((string name, NumberArray formula, NumberArray backward) in proof.Gradients)
                ShouldAgree(formula, backward, $"{piece.Name}, by {name}");
        }
        compared.ShouldBeGreaterThan(80);
        PieceProof softmax = PieceProof.Of(PieceCatalog.Find("softmax")[0].Sample!)!;
        softmax.Gradients[0].ByFormula.Values.ToArray().ShouldContain(slope => Math.Abs(slope) > 1e-3);
    }

    private static void ShouldAgree(NumberArray formula, NumberArray code, string what)
    {
        formula.Count.ShouldBe(code.Count, what);
        double most = Math.Max(1, formula.Values.ToArray().Max(Math.Abs));
        for (int i = 0; i < code.Count; i++)
            code.Values[i].ShouldBe(formula.Values[i], 1e-3 * most, what);
    }
}
