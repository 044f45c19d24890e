using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Nabla.Learning.Data.Catalogue;
using Nabla.Numerics;

namespace Nabla.Cli.Data;

/// <summary>
/// Downloads files to a temporary name beside their own, goes on where an earlier attempt was cut off, checks length
/// and SHA-256, and only then gives them their names.
/// </summary>
internal sealed class Downloader(HttpMessageHandler handler) : IDisposable
{
    private const string PartSuffix = ".part";
    private const int BlockBytes = 1 << 16;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15), StallTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    public Downloader() : this(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout })
    {
    }

    /// <summary>Gets a file into a folder.</summary>
    /// <param name="from">The file's address.</param>
    /// <param name="file">What it should be.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="progress">Told of the bytes that are there.</param>
    /// <param name="cancellation">Ends it; what has come so far stays for the next attempt.</param>
    /// <exception cref="UsageException">The server cannot be reached, or sends something else.</exception>
    public void Fetch(
        Uri from, DataFile file, string folder, IProgress<long>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, file.Name), part = path + PartSuffix;
        try
        {
            Receive(from, file, part, progress, cancellation);
        }
        catch (Exception error) when (
            error is HttpRequestException or IOException and not FileNotFoundException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UsageException(
                $"Cannot download {from}: {Reason(error)} Check the network, or download the file elsewhere and put "
                + $"it at {path}.", error);
        }
        Check(from, file, part);
        File.Move(part, path, overwrite: true);
    }

    public void Dispose() => client.Dispose();

    private void Receive(
        Uri from, DataFile file, string part, IProgress<long>? progress, CancellationToken cancellation)
    {
        long have = File.Exists(part) ? new FileInfo(part).Length : 0;
        if (have > file.Bytes)
            have = 0;
        if (have == file.Bytes)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StallTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, from);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        using HttpResponseMessage response =
            client.Send(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        response.EnsureSuccessStatusCode();
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == have;
        using var to = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write);
        using Stream body = response.Content.ReadAsStream(patience.Token);
        Copy(body, to, file, progress, patience);
    }

    private static void Copy(
        Stream body, FileStream to, DataFile file, IProgress<long>? progress, CancellationTokenSource patience)
    {
        byte[] block = new byte[BlockBytes];
        long done = to.Length;
        while (true)
        {
            patience.CancelAfter(StallTimeout); // each block has its time
            int read = body.ReadAsync(block, patience.Token).AsTask().GetAwaiter().GetResult();
            if (read == 0)
                break;
            done += read;
            if (done > file.Bytes)
                break; // another file than the one asked for; Check says so
            to.Write(block, 0, read);
            progress?.Report(done);
        }
        to.Flush(flushToDisk: true);
        if (done < file.Bytes)
            throw new IOException(
                $"the connection ended after {done:N0} of {file.Bytes:N0} bytes; run it again to go on.");
    }

    private static void Check(Uri from, DataFile file, string part)
    {
        string digest;
        using (FileStream stream = File.OpenRead(part))
            digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (digest == file.Sha256)
            return;
        File.Delete(part);
        throw new UsageException(
            $"{from} is not the file that it was: its SHA-256 is {digest}; expected {file.Sha256}. "
            + "Nothing was kept. Use another source, or report it.");
    }

    private static string Reason(Exception error) => error switch
    {
        OperationCanceledException => $"nothing came for {StallTimeout.TotalSeconds:0} seconds.",
        HttpRequestException { StatusCode: { } status } => $"the server says {(int)status} ({status}).",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            "the server's name is not known here; is there a network?",
        _ => $"{Foreign.OneLine(error.Message).TrimEnd('.')}.",
    };
}
