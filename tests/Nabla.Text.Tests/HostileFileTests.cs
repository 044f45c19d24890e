using System.Text;
using System.Text.Json.Nodes;
using Nabla.Text.Tokenizers;

namespace Nabla.Text.Tests;

public sealed class HostileFileTests
{
    private static readonly byte[] Bpe = Saved(BpeTrainer.Train(Samples.Prose, new() { VocabularySize = 300 }));
    private static readonly byte[] Chars = Saved(CharTokenizer.Train("abc", AddedToken.EndOfText));

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{\"model\":", "not valid JSON")]
    [InlineData("{}", "it has no model")]
    [InlineData("{\"model\": 3}", "model is Number")]
    [InlineData("{\"model\": {\"type\": \"Unigram\"}}", "model.type is 'Unigram'")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"type\": \"BPE\"}}", "not valid JSON")]
    [InlineData("{\"model\": {\"type\": \"\\uD800\"}}", "not valid Unicode")]
    public void What_is_no_tokenizer_is_named(string json, string problem) =>
        ShouldFail(Encoding.UTF8.GetBytes(json), problem);

    [Theory]
    [InlineData("normalizer", """{"type": "Lowercase"}""", "it has a normalizer")]
    [InlineData("truncation", """{"max_length": 5}""", "it has a truncation")]
    [InlineData("pre_tokenizer", "null", "its pre_tokenizer is missing")]
    [InlineData("pre_tokenizer", """{"type": "Whitespace"}""", "its pre_tokenizer is 'Whitespace'")]
    [InlineData("pre_tokenizer", """{"type": "ByteLevel", "add_prefix_space": true}""", "add_prefix_space")]
    [InlineData(
        "pre_tokenizer", """{"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}""", "use_regex")]
    [InlineData("post_processor", """{"type": "TemplateProcessing"}""", "its post_processor is 'TemplateProcessing'")]
    [InlineData("decoder", """{"type": "WordPiece"}""", "its decoder is 'WordPiece'")]
    [InlineData("decoder", "3", "looked for in Number")]
    [InlineData("added_tokens", "{}", "added_tokens is not a list")]
    [InlineData("added_tokens", "[3]", "not in an object")]
    [InlineData("added_tokens", """[{"id": 0, "content": "<|endoftext|>", "lstrip": true}]""", "lstrip")]
    [InlineData("added_tokens", """[{"id": 7, "content": "<|endoftext|>"}]""", "in the vocabulary, another")]
    [InlineData("added_tokens", """[{"id": 300, "content": "x y"}, {"id": 300, "content": "z y"}]""", "the same id")]
    [InlineData("added_tokens", """[{"id": 2000000000, "content": "x y"}]""", "has id 2000000000, but there are only")]
    [InlineData("added_tokens", """[{"id": -1, "content": "x y"}]""", "has the id '-1'")]
    [InlineData("model.dropout", "0.1", "dropout")]
    [InlineData("model.byte_fallback", "true", "byte_fallback")]
    [InlineData("model.byte_fallback", "\"yes\"", "neither true nor false")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "end_of_word_suffix")]
    [InlineData("model.vocab", "[]", "vocab is Array")]
    [InlineData("model.vocab", "{}", "there are only 1 tokens", "added_tokens", """[{"id": 9, "content": "x"}]""")]
    [InlineData("model.vocab", """{"a": 0, "b": 0}""", "the same id 0", "added_tokens", "[]")]
    [InlineData("model.vocab", """{"a": "0"}""", "has the id '\"0\"'", "added_tokens", "[]")]
    [InlineData("model.vocab", """{"a": 0, "日": 1}""", "byte-level alphabet", "added_tokens", "[]")]
    [InlineData("model.vocab", """{"a": 0}""", "lacks the byte 0x00", "added_tokens", "[]", "model.merges", "[]")]
    [InlineData("model.merges", "null", "it has no merges")]
    [InlineData("model.merges", """["a"]""", "merge 0")]
    [InlineData("model.merges", """["a b c"]""", "merge 0")]
    [InlineData("model.merges", """[["a"]]""", "merge 0")]
    [InlineData("model.merges", """[["a", 3]]""", "half of a merge is Number")]
    [InlineData("model.merges", """["Q Q"]""", "merge 0 makes 'QQ', which is not in the vocabulary")]
    [InlineData("model.merges", """["Ġ t", "Ġ t"]""", "merge 1 stands in the list twice")]
    public void What_would_change_the_ids_is_an_error(
        string path, string value, string problem, params string[] more) =>
        ShouldFail(Altered(Bpe, [path, value, .. more]), problem);

    [Theory]
    [InlineData("pre_tokenizer",
        """{"type": "Split", "pattern": {"Regex": "\\s"}, "behavior": "Isolated"}""", "every character")]
    [InlineData("decoder", "null", "its decoder is missing")]
    [InlineData("model.vocab", """{"ab": 0}""", "its token 0 is not one character but 'ab'", "added_tokens", "[]")]
    [InlineData("model.vocab", """{"": 0}""", "its token 0 is not one character", "added_tokens", "[]")]
    public void Character_files_are_checked_as_well(string path, string value, string problem, params string[] more) =>
        ShouldFail(Altered(Chars, [path, value, .. more]), problem);

    [Fact]
    public void A_file_cut_or_altered_anywhere_loads_or_says_why_not()
    {
        for (int length = 0; length < Bpe.Length; length += 97)
            ShouldFail(Bpe[..length], "cannot be used");
        var rng = new Nabla.Numerics.Rng(1);
        for (int trial = 0; trial < 500; trial++)
        {
            byte[] altered = [.. Bpe];
            altered[rng.NextInt(altered.Length)] = (byte)rng.NextInt(256);
            try
            {
                Tokenizer.Load(new MemoryStream(altered));
            }
            catch (TextException)
            {
                // the only exception that may come
            }
        }
    }

    [Fact]
    public void Merges_as_pairs_and_added_words_that_are_text_are_read()
    {
        JsonObject json = JsonNode.Parse(Bpe)!.AsObject();
        int size = json["model"]!["vocab"]!.AsObject().Count;
        json["model"]!["merges"] = new JsonArray(
            [.. json["model"]!["merges"]!.AsArray().Select(m => new JsonArray([.. ((string)m!).Split(' ')]))]);
        json["added_tokens"]!.AsArray()
            .Add(JsonNode.Parse($$"""{"id": {{size}}, "content": "dé jà", "special": false}"""));
        Tokenizer tokenizer = Tokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString())));
        tokenizer.EncodeOrdinary("dé jà").ShouldBe([size]);
        tokenizer.Decode([size]).ShouldBe("dé jà");
        tokenizer.ByteCount(size).ShouldBe(7);
        tokenizer.Encode(Samples.Prose).ShouldBe(Tokenizer.Load(new MemoryStream(Bpe)).Encode(Samples.Prose));
    }

    [Theory]
    [InlineData("model.type", "\"X\"")]
    [InlineData("pre_tokenizer", """{"type": "X"}""")]
    [InlineData("added_tokens", """[{"id": 0, "content": "X", "lstrip": true}]""")]
    [InlineData("added_tokens", """[{"id": 2000000000, "content": "X"}]""")]
    [InlineData("added_tokens", """[{"id": -1, "content": "X"}]""")]
    [InlineData("model.vocab", """{"X": 1}""")]
    [InlineData("model.vocab", """{"a": 0, "X": 0}""")]
    [InlineData("model.vocab", """{"a": "X"}""")]
    [InlineData("model.merges", """["X"]""")]
    [InlineData("X", "null, \"X\": null")]
    public void Text_of_the_file_is_cut_and_made_harmless_in_messages(string path, string value)
    {
        string hostile = "\\u001b[2J\\r\\n\\u202e" + new string('x', 5000);
        JsonObject json = JsonNode.Parse(Bpe)!.AsObject();
        string file;
        if (path == "X")
            file = json.ToJsonString()[..^1] + $", \"X\": {value}}}".Replace("X", hostile, StringComparison.Ordinal);
        else
        {
            Set(json, path, value.Replace("X", hostile, StringComparison.Ordinal));
            file = json.ToJsonString();
        }
        string message =
            Should.Throw<TextException>(() => Tokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(file)))).Message;
        message.Length.ShouldBeLessThan(500);
        message.ShouldAllBe(c => !char.IsControl(c) && c != '\u202e');
    }

    [Fact]
    public void A_file_is_bounded_even_where_its_length_is_unknown()
    {
        using var endless = new System.IO.Compression.DeflateStream(
            new MemoryStream(Deflated(new byte[1 << 20])), System.IO.Compression.CompressionMode.Decompress);
        Should.Throw<TextException>(() => TokenizerJson.Read(endless, maximumBytes: 1 << 19))
            .Message.ShouldContain("it has more than 524288 bytes");
        using TokenizerJson whole =
            TokenizerJson.Read(new MemoryStream([.. Encoding.UTF8.Preamble, .. Bpe]), Bpe.Length + 3);
        whole.ModelType.ShouldBe("BPE");

        static byte[] Deflated(byte[] bytes)
        {
            using var target = new MemoryStream();
            using (var deflate = new System.IO.Compression.DeflateStream(
                target, System.IO.Compression.CompressionLevel.Fastest))
                deflate.Write(bytes);
            return target.ToArray();
        }
    }

    [Fact]
    public void A_long_line_of_one_piece_is_encoded_in_a_moment()
    {
        Tokenizer tokenizer = BpeTrainer.Train(string.Concat(Enumerable.Repeat("aa aaa aaaa ab abab ba ", 50)));
        string line = string.Concat(Enumerable.Repeat("aab", 300_000));
        tokenizer.Decode(tokenizer.Encode(line)).ShouldBe(line);
    }

    // A file with other values, each after its path.
    private static byte[] Altered(byte[] file, string[] changes)
    {
        JsonObject json = JsonNode.Parse(file)!.AsObject();
        for (int i = 0; i < changes.Length; i += 2)
            Set(json, changes[i], changes[i + 1]);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static void Set(JsonObject json, string path, string value)
    {
        string[] names = path.Split('.');
        JsonObject parent = names.Length == 1 ? json : json[names[0]]!.AsObject();
        parent[names[^1]] = JsonNode.Parse(value);
    }

    private static void ShouldFail(byte[] file, string problem)
    {
        string message = Should.Throw<TextException>(() => Tokenizer.Load(new MemoryStream(file))).Message;
        message.ShouldContain(problem, Case.Sensitive);
        message.ShouldNotContain("\n");
    }

    private static byte[] Saved(Tokenizer tokenizer)
    {
        using var stream = new MemoryStream();
        tokenizer.Save(stream);
        return stream.ToArray();
    }
}
