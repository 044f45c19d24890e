#:project ../src/Nabla.Learning/Nabla.Learning.csproj
// The vanishing gradient: how much of it reaches each of 30 layers, for sigmoid and ReLU, with residuals and without.
// With a file name it also draws the picture: dotnet run examples/vanishing-gradient.cs picture.svg
using System.Globalization;
using System.Text;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;

const int depth = 30, width = 64;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
(string Name, DeepActivation Activation, bool Residual, string Colour)[] networks =
[
    ("sigmoid", DeepActivation.Sigmoid, false, "#c0392b"),
    ("sigmoid, residuals", DeepActivation.Sigmoid, true, "#e67e22"),
    ("ReLU", DeepActivation.Relu, false, "#2471a3"),
    ("ReLU, residuals", DeepActivation.Relu, true, "#1e8449"),
];
Tensor x = Tensor.Randn([32, width], new Rng(1));
double[][] norms = [.. networks.Select(
    n => new DeepNetwork(depth, width, n.Activation, n.Residual, new Rng(2)).GradientNorms(x).ToArray())];

Console.WriteLine("‖dL/dW‖ of a layer, relative to the last layer's");
Console.WriteLine($"layer  {string.Join("  ", networks.Select(n => $"{n.Name,18}"))}");
for (int layer = 0; layer < depth; layer += layer == 0 ? 4 : 5)
    Console.WriteLine($"{layer + 1,5}  {string.Join("  ", norms.Select(n => $"{n[layer] / n[^1],18:0.0e+00}"))}");
if (args is [var path])
    File.WriteAllText(path, Picture());

string Picture()
{
    const int left = 70, right = 620, top = 30, bottom = 330, decades = 21; // from 10 to 10⁻²⁰
    double X(int layer) => left + (right - left) * (double)layer / (depth - 1);
    double Y(double ratio) => top + (bottom - top) * (1 - Math.Log10(ratio)) / decades;
    var svg = new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg' width='800' height='390' "
        + "font-family='sans-serif' font-size='13'><rect width='800' height='390' fill='white'/>");
    for (int power = 0; power >= -20; power -= 4)
        svg.Append($"<path d='M{left} {Y(Math.Pow(10, power)):0.#}H{right}' stroke='#ddd'/><text x='{left - 8}' "
            + $"y='{Y(Math.Pow(10, power)) + 4:0.#}' text-anchor='end'>1e{power}</text>");
    for (int layer = 0; layer < depth; layer += layer == 0 ? 4 : 5)
        svg.Append($"<text x='{X(layer):0.#}' y='{bottom + 20}' text-anchor='middle'>{layer + 1}</text>");
    for (int n = 0; n < networks.Length; n++)
        svg.Append($"<polyline fill='none' stroke-width='2' stroke='{networks[n].Colour}' points='")
            .AppendJoin(' ', norms[n].Select((norm, layer) => $"{X(layer):0.#},{Y(norm / norms[n][^1]):0.#}"))
            .Append($"'/><text x='{right + 12}' y='{100 + 24 * n}' fill='{networks[n].Colour}'>")
            .Append($"{networks[n].Name}</text>");
    return svg.Append($"<text x='{(left + right) / 2}' y='{bottom + 45}' text-anchor='middle'>layer</text>"
        + $"<text x='{left}' y='18'>gradient of a layer's weights, relative to the last's</text></svg>").ToString();
}
