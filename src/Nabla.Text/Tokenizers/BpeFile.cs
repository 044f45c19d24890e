using System.Text;
using System.Text.Json;
using Nabla.Numerics;

namespace Nabla.Text.Tokenizers;

/// <summary>The BPE model of a <c>tokenizer.json</c>: vocabulary and merges.</summary>
internal static class BpeFile
{
    public static BpeTokenizer.Parts Read(TokenizerJson json)
    {
        RequirePlain(json.Model);
        List<AddedToken> added = json.AddedTokens();
        string[] texts = json.Vocabulary(added);
        HashSet<int> addedIds = [.. added.Select(t => t.Id)];
        var tokens = new byte[texts.Length][];
        var idOfText = new Dictionary<string, int>(texts.Length, StringComparer.Ordinal);
        for (int id = 0; id < texts.Length; id++)
        {
            bool isAdded = addedIds.Contains(id);
            tokens[id] = isAdded ? Encoding.UTF8.GetBytes(texts[id]) : ByteAlphabet.ToBytes(texts[id])
                ?? throw TokenizerJson.Error(
                    $"its token {id}, {Foreign.Quote(texts[id])}, is not written in the byte-level alphabet");
            if (tokens[id].Length == 0)
                throw TokenizerJson.Error($"its token {id} is empty");
            if (!isAdded)
                idOfText.Add(texts[id], id);
        }
        return new BpeTokenizer.Parts(
            tokens, ReadMerges(json.Model, idOfText), added, TokenizerJson.Flag(json.Model, "ignore_merges"));
    }

    private static void RequirePlain(JsonElement model)
    {
        if (TokenizerJson.IsPresent(model, "dropout", out JsonElement dropout)
            && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
            throw TokenizerJson.Error("its model has dropout, which Nabla does not support");
        foreach (string name in (ReadOnlySpan<string>)["continuing_subword_prefix", "end_of_word_suffix"])
            if (!string.IsNullOrEmpty(TokenizerJson.OptionalString(model, name)))
                throw TokenizerJson.Error($"its model has {name}, which Nabla does not support");
        if (TokenizerJson.Flag(model, "byte_fallback"))
            throw TokenizerJson.Error("its model has byte_fallback; Nabla reads byte-level BPE");
    }

    private static List<(int Left, int Right)> ReadMerges(JsonElement model, Dictionary<string, int> idOfText)
    {
        JsonElement list = TokenizerJson.Member(model, "merges", JsonValueKind.Array);
        var merges = new List<(int Left, int Right)>(list.GetArrayLength());
        foreach (JsonElement entry in list.EnumerateArray())
        {
            string[] pair = entry.ValueKind switch
            {
                JsonValueKind.String => TokenizerJson.Text(entry, "a merge").Split(' '),
                JsonValueKind.Array =>
                    [.. entry.EnumerateArray().Select(e => TokenizerJson.Text(e, "half of a merge"))],
                _ => [],
            };
            if (pair.Length != 2
                || !idOfText.TryGetValue(pair[0], out int left)
                || !idOfText.TryGetValue(pair[1], out int right))
                throw TokenizerJson.Error(
                    $"merge {merges.Count}, {Foreign.Quote(entry.GetRawText())}, is not a pair of tokens of the " +
                    "vocabulary");
            merges.Add((left, right));
        }
        return merges;
    }
}
