using System.Text;
using System.Text.Json.Nodes;
using Nabla.Text.Tokenizers;

namespace Nabla.Text.Tests;

/// <summary>GPT-2's own vocabulary of 50,257 tokens, with the ids that llama.cpp's test vectors expect.</summary>
public sealed class Gpt2VocabularyTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Vocabulary = "/work/shared/data/vocab/ggml-vocab-gpt-2.gguf";

    [Fact]
    public void Gpt2_ids_are_those_of_the_test_vectors()
    {
        if (!File.Exists(Vocabulary))
        {
            output.WriteLine($"Skipped: {Vocabulary} is absent.");
            return;
        }
        Tokenizer tokenizer = Tokenizer.Load(new MemoryStream(TokenizerJson(File.ReadAllBytes(Vocabulary))));
        tokenizer.VocabularySize.ShouldBe(50257);
        tokenizer.EndOfText.ShouldBe(50256);

        string[] texts = File.ReadAllText(Vocabulary + ".inp").Split("\n__ggml_vocab_test__\n");
        string[] lines = File.ReadAllText(Vocabulary + ".out").TrimEnd('\n').Split('\n');
        lines.Length.ShouldBeGreaterThan(40);
        for (int i = 0; i < lines.Length; i++)
        {
            int[] ids = [.. lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
            tokenizer.EncodeOrdinary(texts[i]).ShouldBe(ids, texts[i]);
            tokenizer.Decode(ids).ShouldBe(texts[i]);
        }
    }

    private static byte[] TokenizerJson(byte[] gguf)
    {
        (string[] tokens, string[] merges) =
            (Strings(gguf, "tokenizer.ggml.tokens"), Strings(gguf, "tokenizer.ggml.merges"));
        var vocab = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        var json = new JsonObject
        {
            ["added_tokens"] = new JsonArray(new JsonObject
            {
                ["id"] = Array.IndexOf(tokens, AddedToken.EndOfText),
                ["content"] = AddedToken.EndOfText,
                ["special"] = true,
            }),
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            // no type, as GPT-2's
            ["model"] = new JsonObject { ["vocab"] = vocab, ["merges"] = new JsonArray([.. merges]) },
        };
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    // A GGUF entry: length and text of the name, type (9: array), type of the items (8: string), their number, the
    // items.
    private static string[] Strings(byte[] gguf, string name)
    {
        int at = gguf.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) + name.Length;
        BitConverter.ToUInt32(gguf, at).ShouldBe(9u);
        BitConverter.ToUInt32(gguf, at + 4).ShouldBe(8u);
        var strings = new string[BitConverter.ToInt64(gguf, at + 8)];
        at += 16;
        for (int i = 0; i < strings.Length; i++)
        {
            int length = (int)BitConverter.ToInt64(gguf, at);
            strings[i] = Encoding.UTF8.GetString(gguf, at + 8, length);
            at += 8 + length;
        }
        return strings;
    }
}
