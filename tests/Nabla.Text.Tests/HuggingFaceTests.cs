using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Nabla.Text.Tokenizers;

namespace Nabla.Text.Tests;

/// <summary>Against Hugging Face tokenizers, recorded by tests/oracles/hf-tokenizers/make-golden.mjs.</summary>
public sealed class HuggingFaceTests
{
    private static readonly JsonObject Golden = Read();

    private static string Corpus => (string)Golden["corpus"]!;

    [Fact]
    public void Training_learns_the_same_merges_and_saves_the_same_file()
    {
        JsonObject theirs = Golden["bpe"]!.AsObject();
        int size = theirs["model"]!["vocab"]!.AsObject().Count;
        BpeTokenizer trained = BpeTrainer.Train(Corpus, new() { VocabularySize = size });
        ShouldBeSameFile(trained, theirs);
    }

    [Fact]
    public void Characters_are_saved_as_the_same_file() =>
        ShouldBeSameFile(CharTokenizer.Train(Corpus, AddedToken.EndOfText), Golden["chars"]!.AsObject());

    [Theory]
    [InlineData("bpe")]
    [InlineData("chars")]
    public void A_file_saved_by_the_peer_gives_the_same_ids(string kind)
    {
        Tokenizer tokenizer = Load(Golden[kind]!);
        foreach (JsonNode? item in Golden["cases"]!.AsArray())
        {
            string text = (string)item!["text"]!;
            if (item[kind] is not { } expected)
            {
                Should.Throw<TextException>(() => tokenizer.Encode(text), text);
                continue;
            }
            int[] ids = [.. expected.AsArray().Select(id => (int)id!)];
            tokenizer.Encode(text).ShouldBe(ids, text);
            tokenizer.Decode(ids).ShouldBe(text);
        }
    }

    [Fact]
    public void Code_points_are_letters_numbers_and_spaces_where_they_are_for_the_peer()
    {
        (char Kind, int From)[] ranges =
            [.. ((string)Golden["kinds"]!)
                .Split(' ').Select(r => (r[0], Convert.ToInt32(r[1..], 16))), ('-', 0x110000)];
        var different = new List<string>();
        for (int i = 0; i + 1 < ranges.Length; i++)
            for (int c = ranges[i].From; c < ranges[i + 1].From; c++)
                if (c is < 0xD800 or > 0xDFFF && KindOf(new Rune(c)) != ranges[i].Kind)
                    different.Add($"{c:X} {ranges[i].Kind} {KindOf(new Rune(c))}");
        different.ShouldBeEmpty();
    }

    private static char KindOf(Rune rune)
    {
        if (Gpt2Splitter.FirstPiece("a" + rune) == 1 + rune.Utf16SequenceLength)
            return 'L';
        if (Gpt2Splitter.FirstPiece("1" + rune) == 1 + rune.Utf16SequenceLength)
            return 'N';
        return Gpt2Splitter.FirstPiece("!" + rune) == 1 + rune.Utf16SequenceLength ? 'O' : 'S';
    }

    private static void ShouldBeSameFile(Tokenizer tokenizer, JsonObject theirs)
    {
        using var stream = new MemoryStream();
        tokenizer.Save(stream);
        JsonNode ours = JsonNode.Parse(stream.ToArray())!;
        if (ours["model"]!["merges"] is JsonArray merges) // older tools read "a b" only; the peer writes ["a", "b"]
            ours["model"]!["merges"] =
                new JsonArray([.. merges.Select(m => new JsonArray([.. ((string)m!).Split(' ')]))]);
        foreach (string part in theirs.Select(p => p.Key).Where(p => p != "model"))
            JsonNode.DeepEquals(ours[part], theirs[part]).ShouldBeTrue($"{part}: {ours[part]} and {theirs[part]}");
        foreach ((string part, JsonNode? value) in theirs["model"]!.AsObject())
            JsonNode.DeepEquals(ours["model"]![part], value).ShouldBeTrue($"model.{part}");
    }

    private static Tokenizer Load(JsonNode json) =>
        Tokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString())));

    private static JsonObject Read([CallerFilePath] string here = "") => JsonNode.Parse(
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "goldens", "tokenizers.json")))!.AsObject();
}
