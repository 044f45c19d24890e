using System.Diagnostics;

namespace Nabla.Cli.Tests.Sheets;

/// <summary>
/// Sheets that <c>nabla sheet</c> has written, recalculated by LibreOffice in one call. What Nabla has computed is
/// taken out of the files before, so that every number that comes back is LibreOffice's own.
/// </summary>
public sealed class LibreOffice : IDisposable
{
    private const string Program = "soffice";
    private const int MostSeconds = 300;

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-office-").FullName;

    public LibreOffice()
    {
        if (!IsThere)
            return;
        foreach ((string name, string[] arguments) in Sheets)
        {
            Write(arguments, Written(name));
            File.Copy(Written(name), Stripped(name));
            XlsxFile.Forget(Stripped(name));
        }
        foreach ((string name, (string[] before, string[] after)) in Changed)
        {
            Write(before, Written(name));
            Write(after, Asked(name));
            File.Copy(Written(name), Stripped(name));
            XlsxFile.Type(Stripped(name), like: Asked(name));
            XlsxFile.Forget(Stripped(name));
        }
        Recalculate();
    }

    /// <summary>What is laid out, by a name.</summary>
    public static IReadOnlyDictionary<string, string[]> Sheets { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["neuron"] = ["neuron"],
            ["other-neuron"] =
                ["neuron", "--with", "x=[0.2, -4, 1e-3, 7]", "w=[1, 2, -3, 0.25]", "b=-2", "y=1", "eta=0.1"],
            ["rain"] = ["rain"],
            ["other-rain"] = ["rain", "--with", "x=[0, 1, 0]", "w=[0, 0, 0]", "b=0", "eta=0.5"],
            ["xor"] = ["mlp"],
            ["iris"] = ["mlp", "--data", "iris", "--with", "eta=0.1"],
            ["attention"] = ["attention"],
            ["causal"] = ["attention", "--with", "causal=1", "W_V=[[1, 2], [0, -1], [3, 0.5], [0, 1]]"],
            ["gpt"] = ["gpt"],
            ["long-text"] = ["gpt", "--text", "the fish swam in the "],
            ["one-letter"] = ["gpt", "--text", "t"],
            ["formula-attention"] =
            [
                "softmax(Q K^T / sqrt(d_k)) V", "--with", "Q=[[1, 0, 2], [0, 1, -1]]", "K=[[1, 2, 0], [0, 1, 1], "
                + "[3, 0, 1]]",
                "V=[[1, 3], [2, 4], [-1, 0.5]]", "d_k=3",
            ],
            ["formula-loss"] = [@"L = -\frac{1}{N}\sum_{i=1}^{N} y_i \log \hat y_i", "--with", "y=[1, 0, 1]",
                "y_hat=[0.9, 0.2, 0.6]", "N=3"],
            ["formula-polynomial"] = ["-x^2 + 2*x*y - (-y)^3 / (x - y)", "--with", "x=3", "y=2"],
            ["formula-adam"] =
            [
                @"\theta_t = \theta_{t-1} - \eta \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}", "--with",
                "theta_t-1=[1, 2]", "eta=0.1", "m_hat_t=[0.1, -0.2]", "v_hat_t=[0.01, 0.04]", "epsilon=1e-8",
            ],
            ["formula-gelu"] = ["x/2 (1 + erf(x / sqrt(2)))", "--with", "x=[-1, 0, 2.5]"],
            ["formula-softmax"] = [@"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", "--with", "z=[1, 2, -3]"],
            ["formula-layer"] =
                ["max(0, W x + b)", "--with", "W=[[1, -2], [3, 4], [0, 1]]", "x=[1, 1.5]", "b=[0.5, -10, 2]"],
            ["formula-norm"] = [@"\frac{x - \text{mean}(x)}{\sqrt{\text{Var}[x] + \epsilon}}", "--with", "x=[1, 2, 4]",
                "epsilon=0.1"],
            ["formula-functions"] =
            [
                "tanh(x) + silu(x) * sin(x) - floor(x) + round(x) + |x| + log(1 + e^x) + atan(x) + min(x, 1)", "--with",
                "x=[-2.5, -1, 0.5, 1.5, 2.5]",
            ],
            ["formula-max"] = [@"\max_i x_i - \prod_{i=1}^{3} x_i + a", "--with", "x=[2, 7, -1]", "a=1"],
            ["formula-name"] = ["x", "--with", "x=[[1, 2], [3, 4]]"],
            ["formula-distance"] = [@"\|a - b\|_2 + a^T b + \|a\|_1", "--with", "a=[1, 2, 3, 4]", "b=[0, -1, 0.5, 2]"],
        };

    /// <summary>What is laid out with some numbers and then given others, by a name.</summary>
    public static IReadOnlyDictionary<string, (string[] Before, string[] After)> Changed { get; } =
        new Dictionary<string, (string[], string[])>(StringComparer.Ordinal)
        {
            ["typed-neuron"] = (["neuron"], ["neuron", "--with", "x=[-2, 0.5, 7]", "w=[1, 0, -0.25]", "b=3", "y=1"]),
            ["typed-rain"] = (["rain"], ["rain", "--with", "x=[0, 1, 1]", "w=[-1, 2, 0.5]", "b=1", "eta=0.5"]),
            ["typed-mlp"] = (["mlp"], ["mlp", "--with", "eta=3"]),
            ["typed-attention"] = (["attention"],
                ["attention", "--with", "causal=1", "X=[[1, 0, 2, -1], [3, 1, 0, 0], [0, 0, 1, 1], [2, -2, 1, 0]]"]),
            ["typed-gpt"] = (["gpt"], ["gpt", "--text", "the dog sat on the "]),
            ["typed-terms"] = Formula(@"L = -\frac{1}{N}\sum_{i=1}^{N} y_i \log \hat y_i",
                ["y=[1, 0, 1]", "y_hat=[0.9, 0.2, 0.6]", "N=3"], ["y=[1, 1, 1]", "y_hat=[0.5, 0.2, 0.6]", "N=2"]),
            ["typed-cases"] = Formula(@"f(x) = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}",
                ["x=-0.5", "alpha=1"], ["x=2", "alpha=0.5"]),
            ["typed-huber"] = Formula(@"h = \begin{cases} \frac12 a^2 & |a| \le \delta \\ "
                + @"\delta (|a| - \frac12 \delta) & \text{otherwise} \end{cases}", ["a=[-3, 2, 1]", "delta=1"],
                    ["a=[-0.5, 5, -1]", "delta=2"]),
            ["typed-argmax"] = Formula(@"\hat y = \arg\max_i z_i", ["z=[1, 5, 2]"], ["z=[4, 1, 7]"]),
            ["typed-argmin"] = Formula(@"\arg\min_{k=0}^{2} (x_k - c)^2 + c", ["x=[1, 5, 2]", "c=4"],
                ["x=[4, 1, 7]", "c=8"]),
            ["typed-indicator"] = Formula(@"\frac{1}{n} \sum_{i=1}^{n} \mathbb{1}[y_i = t_i]",
                ["y=[1, 2, 3]", "t=[1, 2, 2]", "n=3"], ["y=[3, 2, 3]", "t=[1, 2, 2]", "n=3"]),
            ["typed-maximum"] =
                Formula(@"\max_i x_i - \min(x_1, a)", ["x=[2, 7, -1]", "a=1"], ["x=[9, 0, 3]", "a=20"]),
        };

    private static (string[] Before, string[] After) Formula(string formula, string[] before, string[] after) =>
        ([formula, "--with", .. before], [formula, "--with", .. after]);

    private static void Write(string[] arguments, string file)
    {
        InProcess result = InProcess.Run(["sheet", .. arguments, "--out", file]);
        result.ExitCode.ShouldBe(0, result.Errors);
    }

    /// <summary>Whether LibreOffice is on this machine.</summary>
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(place => File.Exists(Path.Combine(place, Program)));

    /// <summary>The file as Nabla has written it.</summary>
    public string Written(string name) => Path.Combine(folder, $"{name}.written.xlsx");

    /// <summary>The file as Nabla has written it with the other numbers.</summary>
    public string Asked(string name) => Path.Combine(folder, $"{name}.asked.xlsx");

    /// <summary>The file as LibreOffice has computed it.</summary>
    public string Recalculated(string name) => Path.Combine(folder, "out", name + ".xlsx");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Stripped(string name) => Path.Combine(folder, name + ".xlsx");

    private void Recalculate()
    {
        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])
        [
            $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir", "out",
            .. Sheets.Keys.Concat(Changed.Keys).Select(Stripped),
        ])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(MostSeconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"LibreOffice has not recalculated the sheets in {MostSeconds} s.");
        }
        process.ExitCode.ShouldBe(0, output.Result + errors.Result);
    }
}

/// <summary>Tests of many rows that need LibreOffice; they are shown as skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OfficeTheoryAttribute : TheoryAttribute
{
    public OfficeTheoryAttribute() => Skip = LibreOffice.IsThere
        ? null! : "LibreOffice (soffice) is absent (apt: libreoffice-calc-nogui).";
}
