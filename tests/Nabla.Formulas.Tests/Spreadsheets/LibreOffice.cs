using System.Diagnostics;
using Nabla.Formulas.Spreadsheets;

namespace Nabla.Formulas.Tests.Spreadsheets;

/// <summary>
/// All samples, recalculated by LibreOffice in one call. What Nabla has computed is left out of the files, so that every
/// number that comes back is LibreOffice's own.
/// </summary>
public sealed class LibreOffice : IDisposable
{
    private const string Program = "soffice";
    private const int MostSeconds = 300;

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-sheets").FullName;
    private readonly Dictionary<string, Workbook> books = [];

    public LibreOffice()
    {
        if (!IsThere)
            return;
        string[] names = [.. SheetSamples.All.Keys];
        foreach (string name in names)
            Write(name, SheetSamples.All[name]());
        Convert([.. books.Keys]);
    }

    /// <summary>Whether LibreOffice is on this machine.</summary>
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(place => File.Exists(Path.Combine(place, Program)));

    /// <summary>The workbook, and what each of its sheets shows after recalculation.</summary>
    internal (Workbook Book, IReadOnlyList<Dictionary<string, CellValue>> Sheets) Recalculated(string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(folder, "out", name + ".xlsx"));
        return (books[name], XlsxFile.Read(file));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name, Workbook book)
    {
        books[name] = book;
        using FileStream file = File.Create(Path.Combine(folder, name + ".xlsx"));
        book.Write(file, withValues: false);
    }

    private void Convert(IReadOnlyList<string> names)
    {
        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in new[]
        {
            $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir", "out",
        })
            start.ArgumentList.Add(argument);
        foreach (string name in names)
            start.ArgumentList.Add(name + ".xlsx");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(MostSeconds)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"LibreOffice has not recalculated the sheets in {MostSeconds} s.");
        }
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"LibreOffice ended with {process.ExitCode}: {output.Result}{errors.Result}");
    }
}
