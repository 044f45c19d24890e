using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Nabla.Cli.Data;
using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Tests;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Whole = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i))];
    private static readonly Uri Address = new("http://example.test/file.bin");
    private static readonly DataFile File = new("file.bin", Whole.Length, Digest(Whole));

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-test-").FullName;

    private string PathOf => Path.Combine(folder, File.Name);

    [Fact]
    public void A_file_is_downloaded_checked_and_given_its_name()
    {
        var told = new List<long>();
        Fetch(_ => Answer(Whole), new Told(told));
        System.IO.File.ReadAllBytes(PathOf).ShouldBe(Whole);
        told.ShouldBeInOrder();
        told[^1].ShouldBe(Whole.Length);
        Directory.GetFiles(folder).Length.ShouldBe(1);
    }

    [Fact]
    public void A_download_that_was_cut_off_goes_on_where_it_stopped()
    {
        Should.Throw<UsageException>(() => Fetch(_ => Answer(Whole[..150_000]))).Message
            .ShouldContain("the connection ended after 150,000 of 200,000 bytes");
        System.IO.File.Exists(PathOf).ShouldBeFalse();
        long? asked = null;
        Fetch(request =>
        {
            asked = request.Headers.Range!.Ranges.Single().From;
            return Answer(Whole[150_000..], from: 150_000);
        });
        asked.ShouldBe(150_000);
        System.IO.File.ReadAllBytes(PathOf).ShouldBe(Whole);
    }

    [Fact]
    public void A_server_that_knows_no_parts_sends_the_whole_again()
    {
        Should.Throw<UsageException>(() => Fetch(_ => Answer(Whole[..1000])));
        Fetch(_ => Answer(Whole));
        System.IO.File.ReadAllBytes(PathOf).ShouldBe(Whole);
    }

    [Fact]
    public void Another_file_is_refused_and_nothing_is_kept()
    {
        byte[] other = [.. Whole];
        other[5]++;
        Should.Throw<UsageException>(() => Fetch(_ => Answer(other))).Message
            .ShouldSatisfyAllConditions(
                message => message.ShouldContain($"its SHA-256 is {Digest(other)}; expected {File.Sha256}"),
                message => message.ShouldContain("Nothing was kept"));
        Directory.GetFiles(folder).ShouldBeEmpty();
        Should.Throw<UsageException>(() => Fetch(_ => Answer([.. Whole, 0])));
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_server_that_refuses_or_is_not_there_is_one_line_with_a_remedy()
    {
        Should.Throw<UsageException>(() => Fetch(_ => new HttpResponseMessage(HttpStatusCode.NotFound))).Message
            .ShouldBe($"Cannot download {Address}: the server says 404 (NotFound). Check the network, or download the "
                + $"file elsewhere and put it at {PathOf}.");
        Should.Throw<UsageException>(() => Fetch(_ => throw new HttpRequestException(
            HttpRequestError.NameResolutionError, "no such host"))).Message
            .ShouldContain("the server's name is not known here; is there a network?");
    }

    [Fact]
    public void A_download_can_be_cancelled_and_keeps_what_has_come()
    {
        using var cancellation = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() =>
        {
            using var downloader = new Downloader(new Server(_ => Answer(Whole)));
            downloader.Fetch(Address, File, folder, new Cancelling(cancellation), cancellation.Token);
        });
        System.IO.File.Exists(PathOf).ShouldBeFalse();
        new FileInfo(PathOf + ".part").Length.ShouldBeGreaterThan(0);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Fetch(Func<HttpRequestMessage, HttpResponseMessage> answer, IProgress<long>? progress = null)
    {
        using var downloader = new Downloader(new Server(answer));
        downloader.Fetch(Address, File, folder, progress, CancellationToken.None);
    }

    private static HttpResponseMessage Answer(byte[] bytes, long? from = null)
    {
        var content = new ByteArrayContent(bytes);
        if (from is { } start)
            content.Headers.ContentRange = new ContentRangeHeaderValue(start, start + bytes.Length - 1);
        return new HttpResponseMessage(from is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            Content = content,
        };
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Server(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }

    private sealed class Told(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value) => source.Cancel();
    }
}
