using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>
/// What the field writes without saying all: sums that reach over a later term, tables called at an index, samples in
/// rows. The values were computed by hand with NumPy.
/// </summary>
public sealed class FieldHabitTests
{
    [Theory]
    [InlineData(@"-\frac{1}{N}\sum_{i=1}^N y_i\log p_i + (1-y_i)\log(1-p_i)", 0.2899092476264711)]
    [InlineData(@"J = -\frac1N\sum_{i=1}^N y^{(i)}\log p^{(i)} + (1-y^{(i)})\log(1-p^{(i)})", 0.2899092476264711)]
    [InlineData("L = -1/N Σᵢ yᵢ log(pᵢ) + (1−yᵢ) log(1−pᵢ)", 0.2899092476264711)]
    [InlineData(@"\frac1N\sum_i -y_i\log p_i - (1-y_i)\log(1-p_i)", 0.2899092476264711)]
    [InlineData(@"\sum_i y_i + p_i", 2.1)]
    [InlineData(@"\prod_i 1 - p_i", 0.14)]
    [InlineData(@"\max_j p_j + y_j", 1.8)]
    [InlineData(@"\sum_i y_i + \sum_i p_i", 2.1)]
    public void A_later_term_with_the_index_of_a_sum_belongs_to_it(string formula, double value) =>
        Values.Number(formula, "y=[1,0]", "p=[0.8,0.3]", "N=2").ShouldBe(value, 1e-12);

    [Theory]
    [InlineData(@"(\sum_i y_i) + p_i", "[1.8,1.3]")]
    [InlineData(@"z_i = \sum_j y_j + p_i", "[1.8,1.3]")]
    [InlineData(@"1 + \max_a y_a - p_a", "[1.2,1.7]")]
    [InlineData(@"\max_{a'} y_{a'} + p_a", "[1.8,1.3]")]
    public void A_closed_sum_and_an_index_of_the_left_side_end_it(string formula, string value) =>
        ShouldBe(formula, value, "y=[1,0]", "p=[0.8,0.3]");

    [Theory]
    [InlineData(@"\delta_t = r_t+\gamma V(s_{t+1})-V(s_t)", "[1.8,0.7]")]
    [InlineData(@"\sum_{t=1}^{2} (V(s_{t+1}) - V(s_t))^2", "2")]
    [InlineData("V(s_{t+1}) - V(s_t)", "[1,1]")]
    [InlineData("r_t - V(s_t)", "[0,-2]")]
    [InlineData(@"\sum_i S(x_i, y_i)", "5")]
    [InlineData(@"\sum_{j \in N(i)} h_j", "4", "i=2")]
    [InlineData(@"\max_{j \in \mathcal{N}_i} h_j", "[3,3]")]
    [InlineData(@"g_i = \frac{1}{|N(i)|} \sum_{j \in N(i)} h_j", "[2.5,2]")]
    [InlineData(@"g_i = \frac{1}{|B(i)|} \sum_{j \in B(i)} h_j", "[2,1,2.5]")]
    [InlineData(@"\sum_t r_tV_t", "1")]
    [InlineData(@"\sum_{j \in M} h_j", "5")]
    public void A_table_at_an_argument_is_its_element(string formula, string value, params string[] more) =>
        ShouldBe(formula, value,
            [.. more, "r=[1,0]", "gamma=0.9", "V=[1,2,3]", "S=[[1,2],[3,4]]", "h=[1,2,3]", "N=[[2,3],[1,3]]",
                "M=[2,3]", "B=[[2,0],[1,0],[2,3]]"]);

    [Theory]
    [InlineData(@"H(Y|X) = -\sum_x p(x) \sum_y p(y|x)\log p(y|x)", "0.4355022355419973")]
    [InlineData(@"p(y) = \sum_x p(x) p(y|x)", "[0.22,0.78]")]
    [InlineData(@"\mathbb{E}_{p(x)}[f(x)]", "1.7")]
    public void Tables_bound_by_their_calls_run_over_their_arguments(string formula, string value) =>
        ShouldBe(formula, value, "p(x)=[0.3,0.7]", "p(y|x)=[[0.5,0.5],[0.1,0.9]]", "f=[1,2]");

    [Theory]
    [InlineData(@"\mathbb{E}[\|x - y\|^2]", "3")]
    [InlineData(@"\mathbb{E}[x x^T]", "[[0.5,1],[1,2.5]]")]
    [InlineData(@"\mathbb{E}[(x-\mathbb{E}[x])(x-\mathbb{E}[x])^T]", "[[0.25,0.25],[0.25,0.25]]")]
    [InlineData(@"\mathbb{E}_{(x,t)}[(t - w^T x)^2]", "1.25")]
    public void Lists_of_vectors_are_samples_in_rows(string formula, string value) =>
        ShouldBe(formula, value, "x=[[1,2],[0,1]]", "y=[[0,0],[1,1]]", "t=[1,2]", "w=[0.5,0.5]");

    [Theory]
    [InlineData(@"e^{At} x", "[0.0707372016677029,-0.9974949866040544]")]
    [InlineData(@"(\Delta A)^{-1}(\exp(\Delta A) - I)\cdot \Delta x", "[0.09983341664682815,-0.00499583472197429]")]
    [InlineData(@"\mathrm{tr}(e^S)", "3.086161269630487")]
    [InlineData(@"S - I/2", "[[-0.5,1],[1,-0.5]]")]
    [InlineData("A ** 2", "[[0,1],[1,0]]")]
    [InlineData("A^2", "[[-1,0],[0,-1]]")]
    [InlineData("S^+x", "[0,1]")]
    public void Functions_of_matrices_are_meant_where_they_are_written(string formula, string value) =>
        ShouldBe(formula, value, "A=[[0,1],[-1,0]]", "t=1.5", "x=[1,0]", "Delta=0.1", "S=[[0,1],[1,0]]");

    [Theory]
    [InlineData(@"\lambda e^{-\lambda x}, x \ge 0", "0.2706705664732254")]
    [InlineData(@"\frac{1}{b-a}, a \le x \le b", "0.25")]
    [InlineData(@"x^2 \quad (x > 0)", "1")]
    [InlineData("ax+b, a=2, b=1", "3", "c=1")]
    [InlineData(@"\exp -(x-4)^2/(2 s^2)", "0.32465246735834974")]
    [InlineData(@"\log p/(1-p)", "1.3862943611198908")]
    [InlineData(@"p\log 1/p", "0.17851484105136778")]
    [InlineData("H(p)", "0.5004024235381879")]
    [InlineData("H_2(p)", "0.7219280948873623")]
    [InlineData("1 000 000 + 1_000", "1001000")]
    [InlineData("m = s*m + x; w = m", "3")]
    [InlineData(@"\log(1+e^{u})", "1000")]
    public void Conditions_functions_and_lines_reach_as_far_as_is_meant(
        string formula, string value, params string[] more) =>
        ShouldBe(formula, value, more.Length > 0 ? ["x=1"]
            : ["lambda=2", "x=1", "a=0", "b=4", "m=1", "s=2", "p=0.8", "w=0", "u=1000"]);

    [Theory]
    [InlineData(@"\mu + \sigma\cdot\epsilon", "[3,8]")]
    [InlineData(@"x\cdot\tanh(\ln(1+e^x))", "[0.8650983882673103,-0.30340146137410895]")]
    [InlineData(@"p\cdot(1-p)", "[0.21,0.25]")]
    [InlineData(@"x \cdot w", "-1")]
    [InlineData(@"\mathrm{softmax}_\tau(w)", "[0.37754066879814546,0.6224593312018546]")]
    public void A_dot_joins_entries_where_nobody_means_their_sum(string formula, string value) =>
        ShouldBe(formula, value, "mu=[0,0]", "sigma=[1,2]", "epsilon=[3,4]", "x=[1,-1]", "p=[0.3,0.5]", "w=[1,2]",
            "tau=2");

    [Theory]
    [InlineData("x_i + y_i", "different lengths", "x=[1,2,3]", "y=[1,2]")]
    [InlineData("C_{ij} = A_{ik} B_{kj}", "no index k", "A=[[1,2],[3,4]]", "B=[[1,0],[0,1]]")]
    [InlineData(@"h_i = \sum_{j \in N(i)} x_j", "not bound", "x=[1,2]")]
    [InlineData(@"\log \sum_i e^{x_i}", "infinite", "x=[1000,1001]")]
    [InlineData(@"e^{A}", "entry by entry", "A=[[0,1],[0,0]]")]
    public void What_may_be_meant_otherwise_is_told(string formula, string said, params string[] given) =>
        Values.Result(formula, given).Warnings.ShouldContain(warning => warning.Contains(said));

    [Theory]
    [InlineData(@"\min_w \|X w - y\|^2", "not searched for")]
    [InlineData(@"\sigma_i(X)", "sigma_i")]
    [InlineData(@"\mathrm{tr} \log X", "logarithm of a matrix")]
    [InlineData(@"\{y_i : y_i > 1\}", "condition")]
    public void What_is_not_computed_is_refused(string formula, string said) =>
        Values.Error(formula, "X=[[1,2],[3,4]]", "w=[1,1]", "y=[1,2]").ShouldContain(said);

    [Theory]
    [InlineData("X^T1", "[4,6]", "vector of ones")]
    [InlineData(@"\frac{1}{n}X 1", "[1.5,3.5]", "vector of ones")]
    [InlineData(@"P^{n}_{ij}", "0.17", "matrix product")]
    [InlineData(@"X - \mu", "[[0,0],[2,2]]", "each row")]
    [InlineData(@"Z - \mu", "[[-1,0,1],[1,2,3]]", "each column")]
    [InlineData("|d|", "[1,2]", "entry by entry")]
    public void What_is_taken_for_the_usual_is_noted(string formula, string value, string noted)
    {
        string[] given = ["X=[[1,2],[3,4]]", "n=2", "P=[[0.9,0.1],[0.2,0.8]]", "i=1", "j=2", "mu=[1,2]",
            "Z=[[0,1,2],[3,4,5]]", "d=[-1,2]"];
        ShouldBe(formula, value, given);
        Values.Result(formula, given).Notes.ShouldContain(note => note.Contains(noted));
    }

    [Theory]
    [InlineData("torch.clamp(x, min=0.5)", "[0.5,2]")]
    [InlineData("torch.clamp(x, max=0.5)", "[-1,0.5]")]
    [InlineData("torch.clamp(x, min=0, max=1)", "[0,1]")]
    [InlineData("torch.clamp(x, 0, 1)", "[0,1]")]
    [InlineData("x.clamp(min=0.5)", "[0.5,2]")]
    [InlineData("np.clip(x, 0, None)", "[0,2]")]
    [InlineData("np.clip(x, None, 1)", "[-1,1]")]
    public void Bounds_of_arrays_are_read_by_name_and_place(string formula, string value) =>
        ShouldBe(formula, value, "x=[-1,2]");

    [Theory]
    [InlineData("X.mean(dim=0)", "[2,3.5]")]
    [InlineData("np.mean(X, axis=1)", "[1.5,4]")]
    [InlineData("X - X.mean(dim=1, keepdim=True)", "[[-0.5,0.5],[-1,1]]")]
    [InlineData("X - X.mean(0)", "[[-1,-1.5],[1,1.5]]")]
    [InlineData("np.sum(X, axis=0, keepdims=True)", "[[4,7]]")]
    [InlineData("torch.softmax(Y, dim=0)", "[[0.5,0.7310585786300049],[0.5,0.2689414213699951]]")]
    [InlineData("x.sum(dim=0)", "1")]
    [InlineData("(x > 0).float().mean()", "0.5")]
    [InlineData("sqrt_alpha_bar * x", "[-0.5,1]")]
    [InlineData("F.l1_loss(x, z)", "1")]
    [InlineData("F.cross_entropy(X, c)", "0.7200948492805977")]
    [InlineData("F.cross_entropy(X, Y)", "0.15663084375911143")]
    [InlineData("F.normalize(y + p, dim=-1)", "[0.9863939238321436,0.16439898730535728]")]
    [InlineData("F.normalize(Y + 1, dim=-1)", "[[0.4472135954999579,0.8944271909999159],"
        + "[0.7071067811865475,0.7071067811865475]]")]
    [InlineData("X.max(dim=1).values", "[2,5]")]
    [InlineData("F.smooth_l1_loss(x, z)", "0.5625")]
    [InlineData("F.binary_cross_entropy(p, y)", "0.2899092476264711")]
    [InlineData("F.binary_cross_entropy_with_logits(x, y)", "1.7200948492082155")]
    public void Code_of_arrays_computes_what_it_computes_there(string formula, string value) =>
        ShouldBe(formula, value, "X=[[1,2],[3,5]]", "x=[-1,2]", "Y=[[0,1],[0,0]]", "sqrt_alpha_bar=0.5",
            "z=[-0.5,0.5]", "p=[0.8,0.3]", "y=[1,0]", "c=[0,1]");

    [Theory]
    [InlineData("x.sum(dim=1)", "dimension 1")]
    [InlineData("T.mean(dim=0)", "dimension 0")]
    public void A_dimension_that_is_not_there_is_refused(string formula, string said) =>
        Values.Error(formula, "x=[1,2]", "T=[[[1,2],[3,4]]]").ShouldContain(said);

    [Theory]
    [InlineData("latex")]
    [InlineData("text")]
    public void What_is_taken_of_rows_and_columns_is_read_again(string language)
    {
        string[] formulas = ["X - X.mean(dim=0, keepdim=True)", "X.mean(dim=-1)", "torch.softmax(X, dim=0)",
            "X / X.sum(dim=1, keepdim=True)", "np.linalg.norm(X, axis=1)"];
        foreach (string formula in formulas)
        {
            string printed = FormulaPrinter.Print(Formula.Parse(formula).Tree, language);
            Values.ShouldBeNear(Values.Of(printed, "X=[[1,2],[3,5]]"), Values.Of(formula, "X=[[1,2],[3,5]]"), 1e-12,
                printed);
        }
    }

    [Theory]
    [InlineData("(n)_k", "factorial")]
    [InlineData(@"n^{\underline{k}}", "factorial")]
    [InlineData(@"\binom{n}{a,b}", "multinomial")]
    [InlineData(@"\mathrm{clip}(u,\epsilon)", "one bound")]
    [InlineData("A^-u", "generalised inverse")]
    [InlineData("{}_k", "empty")]
    [InlineData(@"u^{loss}", "not bound")]
    public void What_has_several_meanings_has_no_value(string formula, string said) =>
        Values.Error(formula, "n=5", "k=2", "a=2", "b=3", "u=[1,2]", "epsilon=1", "A=[[1,2],[3,4]]", "loss=2")
            .ShouldContain(said);

    private static void ShouldBe(string formula, string value, params string[] given)
    {
        using JsonDocument expected = JsonDocument.Parse(value);
        Values.ShouldBeNear(Values.Of(formula, given), NumberArray.From(expected.RootElement), 1e-9, formula);
    }
}
