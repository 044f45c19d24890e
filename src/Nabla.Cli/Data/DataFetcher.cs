using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Nabla.Cli.Output;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Data;

/// <summary>Gets the files of a data set: where they are already, from a program, or from a server.</summary>
internal sealed class DataFetcher(DataStore store, Screen screen, CancellationToken cancellation)
{
    /// <summary>The files of a data set, which are fetched if they are not here.</summary>
    /// <exception cref="UsageException">They cannot be had; the message says what to do.</exception>
    public FoundData Get(CatalogueEntry entry)
    {
        if (store.Find(entry) is { } here)
            return here;
        var failures = new List<string>();
        foreach (DataSource source in entry.Sources.Where(DataStore.CanFetch))
        {
            try
            {
                Fetch(entry, source);
                return store.Find(entry, source) ?? throw new UsageException(
                    $"{entry.Name} was fetched into {store.FolderOf(entry)} and is not there. Is the disk full?");
            }
            catch (UsageException failure)
            {
                failures.Add(failure.Message);
            }
        }
        string[] remedies = [.. entry.Sources.Select(source => source.Remedy).Where(remedy => remedy.Length > 0)];
        string remedy = remedies.Length > 0
            ? $" On this machine it can be had with '{string.Join("' or '", remedies)}'." : "";
        throw new UsageException(string.Join(" ", failures) + remedy);
    }

    private void Fetch(CatalogueEntry entry, DataSource source)
    {
        string folder = store.FolderOf(entry);
        if (source.Program is { } program)
        {
            Print(program, source.Files[0], folder, source.Remedy);
            return;
        }
        using var downloader = new Downloader();
        foreach (DataFile file in source.Files)
        {
            screen.Line($"{file.Name}  {Amounts.Bytes(file.Bytes)}  from {source.Title}");
            var progress = new DownloadProgress(screen, file.Bytes);
            downloader.Fetch(new Uri(source.Download!, file.Name), file, folder, progress, cancellation);
        }
    }

    /// <summary>Keeps what a program prints, if it is what it should be.</summary>
    private void Print(IReadOnlyList<string> program, DataFile file, string folder, string remedy)
    {
        string command = string.Join(' ', program);
        byte[] printed;
        try
        {
            var start = new ProcessStartInfo(program[0], program.Skip(1))
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using Process process = Process.Start(start)!;
            using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill());
            using var bytes = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(bytes);
            process.WaitForExit();
            printed = bytes.ToArray();
        }
        catch (Win32Exception error)
        {
            throw new UsageException($"There is no program '{program[0]}' here. Get it with '{remedy}'.", error);
        }
        cancellation.ThrowIfCancellationRequested();
        string digest = Convert.ToHexStringLower(SHA256.HashData(printed));
        if (digest != file.Sha256)
            throw new UsageException(
                $"'{command}' printed {printed.Length:N0} bytes with the SHA-256 {digest}; expected "
                + $"{file.Bytes:N0} bytes with {file.Sha256}. It is another version of the text.");
        AtomicFile.Write(Path.Combine(folder, file.Name), stream => stream.Write(printed));
    }

    /// <summary>A bar on a terminal; elsewhere nothing, for the file's name was said already.</summary>
    private sealed class DownloadProgress(Screen screen, long bytes) : IProgress<long>
    {
        private const int Width = 40;
        private readonly Stopwatch sinceDrawn = Stopwatch.StartNew();

        public void Report(long done)
        {
            if (!screen.CanRedraw || (done < bytes && sinceDrawn.ElapsedMilliseconds < 200))
                return;
            sinceDrawn.Restart();
            InkedLine line = new InkedLine("  ").Add(Bars.Progress((double)done / bytes, Width))
                .Add($"  {Amounts.Percent((double)done / bytes)} ");
            screen.Writer.Write('\r');
            foreach ((string text, Ink ink) in line.Pieces)
                screen.Write(text, ink);
            if (done >= bytes)
                screen.Line();
        }
    }
}
