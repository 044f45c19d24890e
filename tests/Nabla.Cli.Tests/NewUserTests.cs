using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary>What somebody who only knows the README types, and must be able to go on from.</summary>
public class NewUserTests
{
    [Fact]
    public void A_gradient_of_a_list_is_said_to_be_that_of_its_sum_and_a_softmax_has_exactly_0()
    {
        JsonElement json =
            InProcess.Run("explain", "softmax(z)", "--with", "z=[1,2,3]", "--grad", "z", "--json").Json;
        json.GetProperty("gradients").GetProperty("z").EnumerateArray().Select(one => one.GetDouble())
            .ShouldAllBe(slope => slope == 0);
        string notes = Notes(json);
        notes.ShouldContain("that of the sum of the value's 3 entries");
        notes.ShouldContain("the entries add up to 1");
        notes.ShouldContain("softmax(z)_1");
        InProcess.Run("explain", "softmax(z)", "--with", "z=[1,2,3]", "--grad", "z").Output.ShouldContain(
            "of the sum of the value's 3");
    }

    [Fact]
    public void Small_gradients_that_are_no_rounding_stay()
    {
        JsonElement json =
            InProcess.Run("explain", "sigmoid(z)", "--with", "z=[-40,-41]", "--grad", "z", "--json").Json;
        json.GetProperty("gradients").GetProperty("z")[0].GetDouble().ShouldBeGreaterThan(0);
        Notes(json).ShouldNotContain("it is 0");
    }

    [Fact]
    public void A_gradient_of_a_number_needs_no_remark() => Notes(InProcess.Run(
        "explain", "w^T x", "--with", "w=[1,2]", "x=[3,4]", "--grad", "w", "--json").Json).ShouldBe("");

    [Fact]
    public void A_batch_looks_names_up_as_a_single_formula_does()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "batch norm\ncross entropy\nW x\n");
        string[] lines = InProcess.Run("explain", "--batch", file).Output.Split('\n');
        lines[0].ShouldContain(@"\\mu_B");
        lines[1].ShouldContain("\"id\":\"cross_entropy\"");
        lines[2].ShouldContain("\"formula\":\"W x\"");
    }

    [Fact]
    public void Cells_that_must_be_counted_are_asked_for_by_an_example_that_works()
    {
        InProcess refused = InProcess.Run("explain", "cross entropy", "--to", "excel");
        refused.ExitCode.ShouldBe(2);
        refused.Errors.ShouldContain("--shapes p=3 q=3");
        InProcess.Run("explain", "cross entropy", "--to", "excel", "--shapes", "p=3", "q=3").ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("-sum_i p_i log q_i")]
    [InlineData("-sum_i (p_i log q_i + (1 - p_i) log(1 - q_i))")]
    public void Random_numbers_lie_where_logarithms_have_values(string formula)
    {
        JsonElement json = InProcess.Run("explain", formula, "--shapes", "p=4", "q=4", "--json").Json;
        json.GetProperty("value").GetDouble().ShouldBeGreaterThan(0);
        double[] p = [.. json.GetProperty("symbols").EnumerateArray()
            .First(symbol => symbol.GetProperty("value").ValueKind == JsonValueKind.Array)
            .GetProperty("value").EnumerateArray().Select(one => one.GetDouble())];
        p.ShouldAllBe(share => share > 0 && share < 1);
        p.Sum().ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Random_numbers_below_a_root_are_positive() => InProcess.Run(
        "explain", "sqrt(v)", "--shapes", "v=20", "--json").Json.GetProperty("value").EnumerateArray()
        .ShouldAllBe(root => root.ValueKind == JsonValueKind.Number && root.GetDouble() > 0);

    [Theory]
    [InlineData("""{"model_type":"gpt2","n_embd":770,"n_head":12,"n_layer":2}""", "770 cannot be divided among n_head")]
    [InlineData("""
        {"model_type":"llama","hidden_size":512,"num_attention_heads":8,"num_key_value_heads":3,
        "intermediate_size":1024,"num_hidden_layers":2,"vocab_size":1000}
        """, "cannot share num_key_value_heads = 3")]
    public void Heads_that_cannot_be_divided_are_objected_to(string config, string objection) =>
        Warnings(InProcess.Run("explain", config, "--json").Json).ShouldContain(objection);

    [Fact]
    public void Heads_of_a_width_of_their_own_are_fine() => Warnings(InProcess.Run("explain", """
        {"model_type":"qwen3","hidden_size":1000,"num_attention_heads":16,"num_key_value_heads":8,"head_dim":128,
        "intermediate_size":1024,"num_hidden_layers":2,"vocab_size":1000}
        """, "--json").Json).ShouldNotContain("divided");

    [Fact]
    public void Broken_json_is_refused_with_its_place()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.json");
        File.WriteAllText(file, "{\"model_type\":\"gpt2\",\n \"n_embd\":770 \"n_head\":12}");
        InProcess.Run("explain", file).Errors.ShouldContain("line 2, column 15");
        InProcess.Run("explain", file, "--with", "x=1").Errors.ShouldContain("--with is for formulas");
    }

    [Fact]
    public void Misspelt_settings_and_exchanged_betas_are_found()
    {
        string warnings = Warnings(InProcess.Run(
            "explain", "AdamW(lr=3e-4, betas=(0.999, 0.9), wieght_decay=0.1)", "--json").Json);
        warnings.ShouldContain("did you mean weight_decay?");
        warnings.ShouldContain("β₁ is above β₂");
        Warnings(InProcess.Run("explain", "AdamW(lr=3e-4, betas=(0.9, 0.999))", "--json").Json).ShouldBe("");
    }

    [Theory]
    [InlineData("softmx", "softmax")]
    [InlineData("atention", "attention")]
    public void A_slip_in_a_name_is_answered_by_the_name(string typed, string meant) =>
        Warnings(InProcess.Run("explain", typed, "--json").Json).ShouldContain("did you mean " + meant,
            Case.Insensitive);

    [Theory]
    [InlineData("theta")]
    [InlineData("loss")]
    [InlineData("x + y")]
    public void What_is_no_slip_is_not_corrected(string formula) =>
        Warnings(InProcess.Run("explain", formula, "--json").Json).ShouldNotContain("did you mean");

    [Fact]
    public void What_is_not_bound_is_asked_for_with_the_option_of_the_command()
    {
        InProcess.Run("explain", "a + b", "--with", "a=1").Output.ShouldContain("--with b=VALUE");
        InProcess.Run("grad", "a + b", "--at", "a=1").Errors.ShouldContain("--at b=VALUE");
        InProcess.Run("descend", "a + b", "--from", "a=1").Errors.ShouldContain("--from b=VALUE");
    }

    [Fact]
    public void Names_that_a_formula_does_not_have_are_remarked_on()
    {
        InProcess.Run("grad", "x^2", "--at", "x=1,y=2").Output.ShouldContain("y has a value, but the formula does not");
        InProcess.Run("descend", "x^2", "--from", "x=1", "--with", "q=2").Output.ShouldContain("q has a value, but");
        Notes(InProcess.Run("grad", "x^2", "--at", "x=1", "--json").Json).ShouldBe("");
    }

    [Fact]
    public void The_place_of_an_error_in_a_value_is_one_in_the_value() => JsonDocument.Parse(InProcess.Run(
        "explain", "x^2", "--with", "x=[1,2", "--json").Output).RootElement.GetProperty("position").GetInt32()
        .ShouldBe(6);

    [Fact]
    public void A_function_that_the_formula_defines_is_computed() => InProcess.Run(
        "explain", "f(2) where f(x)=x^2", "--json").Json.GetProperty("value").GetDouble().ShouldBe(4);

    [Fact]
    public void A_corner_is_called_one_and_no_rate_is_praised()
    {
        InProcess result = InProcess.Run("descend", "abs(x)", "--from", "x=1");
        result.Output.ShouldContain("The minimum is a corner");
        result.Output.ShouldNotContain("does not come down");
        InProcess.Run("descend", "x^2", "--from", "x=1").Output.ShouldNotContain("corner");
    }

    [Theory]
    [InlineData("exp(-x)", "0")]
    [InlineData("log(1+e^{-x})", "0")]
    [InlineData("1/(1+x^2)", "0")]
    [InlineData("tanh(x)", "−1")]
    public void A_slope_that_flattens_for_ever_has_no_minimum(string formula, string limit)
    {
        string told = InProcess.Run("descend", formula, "--from", "x=0.5").Output;
        told.ShouldContain($"come nearer and nearer to {limit}, and there is no minimum");
        told.ShouldNotContain("The minimum is");
    }

    [Theory]
    [InlineData("|x-1|+|y|", "x=1,y=2", "a corner along x: on the left the slope is −1, on the right 1")]
    [InlineData("max(x,y)", "x=1,y=1", "a corner along x: on the left the slope is 0, on the right 1")]
    [InlineData("sqrt(x^2)", "x=0", "a corner: on the left the slope is −1, on the right 1. There is no tangent.")]
    [InlineData("sign(x)", "x=0", "the value jumps from −1 to 1: there is no slope")]
    [InlineData("log(x)", "x=-1", "It is not defined here")]
    public void Where_nothing_touches_a_function_no_tangent_is_told(string formula, string at, string told)
    {
        string output = InProcess.Run("grad", formula, "--at", at).Output;
        string.Join(' ', output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).ShouldContain(told);
        output.ShouldNotContain("● tangent");
        output.ShouldNotContain("Tangent line");
        output.ShouldNotContain("Tangent plane");
        output.ShouldNotContain("Second derivative: ");
    }

    [Theory]
    [InlineData("max(0,x)^2", "x = 0")]
    [InlineData("x^4", "x = 0")]
    [InlineData("cos(x)", "x = 3.14159")]
    public void A_minimum_on_a_flat_place_is_one(string formula, string place) =>
        InProcess.Run("descend", formula, "--from", "x=2").Output.ShouldContain($"at {place}.");

    [Fact]
    public void A_function_without_a_bottom_is_said_to_have_none()
    {
        InProcess.Run("descend", "log(x)", "--from", "x=1").Output.ShouldContain("It has no minimum: towards x = 0");
        InProcess.Run("descend", "log(x)", "--from", "x=-1").Errors.ShouldContain("no value at the start, x = −1");
    }

    [Theory]
    [InlineData("norm(w)^2", "2w")]
    [InlineData("norm(w)", "w/‖w‖")]
    public void Norms_in_words_are_differentiated(string formula, string derivative) =>
        InProcess.Run("grad", formula, "--at", "w=[1,2]").Output.ShouldContain(derivative);

    private static string Notes(JsonElement json) =>
        string.Join(' ', json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));

    private static string Warnings(JsonElement json) =>
        string.Join(' ', json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
}
