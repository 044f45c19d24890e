namespace Nabla.EndToEnd.Tests;

/// <summary>
/// Whatever process answers, the answer is the same: .NET hashes strings differently in each, which must not be seen.
/// </summary>
public class SameAnswerTests
{
    [Fact]
    public void Formulas_are_explained_alike_by_every_process()
    {
        using var folder = new TemporaryFolder();
        string file = folder["formulas.txt"];
        File.WriteAllLines(file, File.ReadLines(
                WorkingCopy.At(Path.Combine("tests", "Nabla.Formulas.Tests", "Knowledge", "variants.tsv")))
            .Where(line => !line.StartsWith('#')).Select(line => line[(line.IndexOf('\t') + 1)..]));
        string[] first = Explain(file);
        first.Length.ShouldBeGreaterThan(200);
        for (int again = 0; again < 2; again++)
            Explain(file).ShouldBe(first);
    }

    private static string[] Explain(string file) =>
        NablaProcess.Run("explain", "--batch", file).ShouldSucceed().OutputLines;
}
