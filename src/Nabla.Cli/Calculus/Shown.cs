using System.Text;
using Nabla.Formulas.Printing;

namespace Nabla.Cli.Calculus;

/// <summary>Numbers in a line of mathematics.</summary>
internal static class Shown
{
    /// <summary>Six digits, with a minus sign that is one.</summary>
    public static string Number(double value) => NumberText.InList(value).Replace('-', '−');

    /// <summary>[1, −2].</summary>
    public static string Vector(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Number))}]";

    /// <summary>25 + 10(x − 3) − 4(y + 2): the plane that touches the function at a point.</summary>
    public static string Tangent(double value, double[] gradient, double[] at, IReadOnlyList<string> names)
    {
        var text = new StringBuilder(Number(value));
        for (int i = 0; i < gradient.Length; i++)
        {
            if (gradient[i] == 0)
                continue;
            string distance = at[i] == 0 ? names[i]
                : $"({names[i]} {(at[i] < 0 ? "+" : "−")} {Number(Math.Abs(at[i]))})";
            string factor = Math.Abs(gradient[i]) == 1 ? "" : Number(Math.Abs(gradient[i]))
                + (distance[0] == '(' ? "" : " ");
            text.Append($" {(gradient[i] < 0 ? "−" : "+")} {factor}{distance}");
        }
        return text.ToString();
    }
}
