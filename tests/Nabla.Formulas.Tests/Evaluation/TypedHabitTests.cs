using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Formulas as people type them in blogs, chats and lecture notes, against what their writers mean.</summary>
public sealed class TypedHabitTests
{
    [Theory]
    [InlineData("1/(σ√2π) · e^(−½((x−μ)/σ)²)", "0.16580258143722387", "x=1.3", "mu=0.2", "sigma=0.7")]
    [InlineData("√2gh", "6.260990336999411", "g=9.8", "h=2")]
    [InlineData("√ᾱₜx₀ + √(1−ᾱₜ)ε", "2.2358898943540675", "alpha_bar_t=0.81", "x_0=2", "epsilon=1")]
    [InlineData("1/2π√LC", "0.06497473343613969", "L=3", "C=2")]
    [InlineData("∫_0^1 √xdx", "0.6666666666666666")]
    [InlineData("√2 x", "2.8284271247461903", "x=2")]
    [InlineData("√2σ", "2.8284271247461903", "sigma=2")]
    [InlineData("Pe^(rt)", "134.9858807576003", "P=100", "r=0.1", "t=3")]
    [InlineData("P(1 + r/n)^(nt)", "110.49413355583269", "P=100", "r=0.05", "n=12", "t=2")]
    [InlineData("a^(bc)", "64", "a=2", "b=3", "c=2")]
    [InlineData("x^(ij)", "2", "x=[[1,2],[3,4]]", "i=1", "j=2")]
    [InlineData("(e^2x - 1)/(e^2x + 1)", "0.6043677771171635", "x=0.7")]
    [InlineData("λe^-λx", "0.18393972058572117", "lambda=0.5", "x=2")]
    [InlineData("e^x y", "5.43656365691809", "x=1", "y=2")]
    [InlineData("2^3!", "64")]
    [InlineData("e⁻ˣ²", "0.6126263941844161", "x=0.7")]
    [InlineData("1/2||y - w||^2", "2", "y=[1,2]", "w=[1,0]")]
    [InlineData("1/2π √(k/m)", "0.19492420030841903", "k=3", "m=2")]
    [InlineData("[1 2; 3 4]·[5; 6]", "[17,39]")]
    [InlineData("[1, 2; 3, 4]ᵀ", "[[1,3],[2,4]]")]
    [InlineData("[1 2 3]·[4 5 6]", "32")]
    [InlineData("[1 -2; -3 4]", "[[1,-2],[-3,4]]")]
    [InlineData("tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½)", "2", "Sigma_1=[[1,0],[0,4]]", "Sigma_2=[[4,0],[0,1]]")]
    [InlineData(@"\Sigma_{i=1}^{2} x_i^2", "5", "x=[1,2]")]
    [InlineData("(nΣxy − ΣxΣy)/(nΣx² − (Σx)²)", "2.4285714285714284", "n=3", "x=[1,2,4]", "y=[2,3,9]")]
    [InlineData("x for x > 0, a*x for x <= 0", "-0.51", "x=-1.7", "a=0.3")]
    [InlineData("f(x) = x if x > 0, 0 otherwise", "0", "x=-1.7")]
    [InlineData("f(x) = { x, x ≥ 0; αx, x < 0 }", "-0.51", "x=-1.7", "alpha=0.3")]
    [InlineData("½(y−f)² for |y−f| ≤ δ, δ|y−f| − ½δ² otherwise", "1.5", "y=3", "f=1", "delta=1")]
    [InlineData("0 for x < 0, x for x < 1, 1 otherwise", "[0,0.5,1]", "x=[-1,0.5,2]")]
    [InlineData("f(x) = 1 if x = 0, sin(x)/x otherwise", "1", "x=0")]
    [InlineData("f(x) = 1 if x = 0, sin(x)/x otherwise", "0.45464871341284085", "x=2")]
    [InlineData("1 for x = 0, 2 for x > 0", "2", "x=3")]
    [InlineData("p_t where t=2", "1", "p=[.2,1,.3]")]
    [InlineData("p_t + t where t=2", "3", "p=[.2,1,.3]")]
    [InlineData("p_t, t=2", "1", "p=[.2,1,.3]")]
    [InlineData("A_{ij} where i=1 and j=2", "2", "A=[[1,2],[3,4]]")]
    [InlineData("4/3πr³", "33.510321638291124", "r=2")]
    [InlineData("1/3πr²h", "12.566370614359172", "r=2", "h=3")]
    [InlineData("(n choose k) p^k (1-p)^(n-k)", "0.3087", "n=5", "k=2", "p=0.3")]
    [InlineData("5 choose 2 + 1", "11")]
    [InlineData("y = m x + c where m = 2 and c = 1", "11", "x=5")]
    [InlineData("y = w'x + b", "12", "w=[1,2]", "x=[3,4]", "b=1")]
    [InlineData("y = w(x-1) where w(u) = u^2", "4", "x=3")]
    [InlineData("-[n // 2]", "-3", "n=7")]
    [InlineData("-(n) // 2", "-4", "n=7")]
    [InlineData("1/N Σ yᵢ log ŷᵢ + (1−yᵢ) log(1−ŷᵢ)", "-0.3635480396729776", "y=[1,0,1]", "y_hat=[.8,.3,.6]", "N=3")]
    [InlineData("-(1/N) Σ y log ŷ + (1-y) log(1-ŷ)", "0.3635480396729776", "y=[1,0,1]", "y_hat=[.8,.3,.6]", "N=3")]
    public void What_is_typed_means_this_value(string formula, string value, params string[] given)
    {
        NumberArray expected = Bindings.Parse([$"v={value}"])["v"];
        Values.ShouldBeNear(Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(given)).Value, expected,
            1e-12 * (1 + Math.Abs(expected.Values[0])), formula);
    }

    [Theory]
    [InlineData("[1,,2;3,4]")]
    [InlineData("[,1,2;3,4]")]
    [InlineData("[1,2,;3,4]")]
    public void A_comma_parts_two_numbers(string formula) =>
        Should.Throw<FormulaException>(() => Formula.Parse(formula));

    [Theory]
    [InlineData("√2gh", "below the root")]
    [InlineData("e^2x", "stands above")]
    [InlineData("x^nt", "alone stands above")]
    [InlineData("a mod b + c", "one term")]
    public void The_choice_is_shown(string formula, string said) => Formula.Parse(formula).Choices
        .ShouldContain(choice => choice.Taken.Contains(said, StringComparison.Ordinal));
}
