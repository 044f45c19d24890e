using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Nabla.Numerics;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// Byte-level byte-pair encoding: the text is cut into pieces by GPT-2's pattern, each piece starts as its bytes, and
/// the pair learned first is merged until none is left (Sennrich et al. 2016, arXiv:1508.07909; Radford et al. 2019).
/// As all 256 bytes are tokens, every .NET string can be encoded and comes back unchanged, unpaired surrogates
/// included.
/// </summary>
public sealed class BpeTokenizer : Tokenizer
{
    private const int LongestCachedPiece = 64;
    private const int MostCachedPieces = 1 << 17;

    private readonly Vocabulary vocabulary;
    private readonly ConcurrentDictionary<string, int[]> cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> cacheBySpan;
    private int cached;

    /// <summary>What a BPE tokenizer consists of.</summary>
    /// <param name="Tokens">The bytes of each token, by id.</param>
    /// <param name="Merges">The pairs of ids in the order in which they were learned.</param>
    /// <param name="Added">The tokens that are found as they are written; their ids are among those of Tokens.</param>
    /// <param name="WholePieces">
    /// Whether a piece that is itself a token is not merged but taken (ignore_merges).
    /// </param>
    internal sealed record Parts(
        byte[][] Tokens,
        IReadOnlyList<(int Left, int Right)> Merges,
        IReadOnlyList<AddedToken> Added,
        bool WholePieces = false);

    internal BpeTokenizer(Parts parts) : base(parts.Tokens, parts.Added, bytes => ByteAlphabet.ToText(bytes))
    {
        vocabulary = new Vocabulary(parts);
        cacheBySpan = cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public override string Kind => "byte-level BPE";

    /// <summary>The number of merges that were learned.</summary>
    public int MergeCount => vocabulary.Merges.Count;

    /// <summary>
    /// The tokens that merge number <paramref name="rank"/> joins; the first one learned is number 0.
    /// </summary>
    public (int Left, int Right) Merge(int rank) => vocabulary.Merges[rank];

    /// <inheritdoc/>
    public override void Save(Stream stream)
    {
        HashSet<int> added = [.. AddedTokens.Select(t => t.Id)];
        string Written(int id) =>
            added.Contains(id) ? Encoding.UTF8.GetString(TokenBytes(id)) : ByteAlphabet.ToText(TokenBytes(id));
        TokenizerJsonWriter.Write(stream, AddedTokens, WriteSplitting, json =>
        {
            json.WriteString("type", "BPE");
            json.WriteNull("dropout");
            json.WriteNull("unk_token");
            json.WriteNull("continuing_subword_prefix");
            json.WriteNull("end_of_word_suffix");
            json.WriteBoolean("fuse_unk", false);
            json.WriteBoolean("byte_fallback", false);
            json.WriteBoolean("ignore_merges", vocabulary.WholePieces);
            TokenizerJsonWriter.WriteVocabulary(json, Enumerable.Range(0, VocabularySize).Select(Written));
            json.WriteStartArray("merges");
            foreach ((int left, int right) in vocabulary.Merges)
                json.WriteStringValue($"{Written(left)} {Written(right)}");
            json.WriteEndArray();
        });
    }

    internal static BpeTokenizer Load(TokenizerJson json)
    {
        JsonElement splitting = json.RequireType("pre_tokenizer", "ByteLevel");
        if (TokenizerJson.Flag(splitting, "add_prefix_space", absent: true))
            throw TokenizerJson.Error("its pre_tokenizer has add_prefix_space, which Nabla does not support");
        if (!TokenizerJson.Flag(splitting, "use_regex", absent: true))
            throw TokenizerJson.Error("its pre_tokenizer has use_regex false; Nabla splits as GPT-2 does");
        json.RequireType("decoder", "ByteLevel");
        json.RequireType("post_processor", null, "ByteLevel"); // the latter changes offsets only
        return new BpeTokenizer(BpeFile.Read(json));
    }

    private protected override void EncodePart(
        string text, Range part, List<int> ids, CancellationToken cancellation)
    {
        ReadOnlySpan<char> rest = text.AsSpan(part);
        while (!rest.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<char> piece = rest[..Gpt2Splitter.FirstPiece(rest)];
            rest = rest[piece.Length..];
            ids.AddRange(Encode(piece));
        }
    }

    private int[] Encode(ReadOnlySpan<char> piece)
    {
        if (cacheBySpan.TryGetValue(piece, out int[]? ids))
            return ids;
        byte[] bytes = new byte[checked(3 * piece.Length)];
        ids = vocabulary.Encode(bytes.AsSpan(0, Wtf8.GetBytes(piece, bytes)));
        if (piece.Length <= LongestCachedPiece && Volatile.Read(ref cached) < MostCachedPieces
            && cacheBySpan.TryAdd(piece, ids))
            Interlocked.Increment(ref cached);
        return ids;
    }

    private static void WriteSplitting(Utf8JsonWriter json)
    {
        foreach (string part in (ReadOnlySpan<string>)["pre_tokenizer", "post_processor", "decoder"])
        {
            json.WriteStartObject(part);
            json.WriteString("type", "ByteLevel");
            json.WriteBoolean("add_prefix_space", false);
            json.WriteBoolean("trim_offsets", true);
            json.WriteBoolean("use_regex", true);
            json.WriteEndObject();
        }
    }

    /// <summary>
    /// The merges as a table from a pair of ids to its rank and result, and the encoding of one piece.
    /// </summary>
    private sealed class Vocabulary
    {
        private readonly int[] idOfByte = new int[256];
        private readonly Dictionary<(int Left, int Right), (int Rank, int Id)> merge;
        private readonly Dictionary<string, int> idOfToken = new(StringComparer.Ordinal);

        public Vocabulary(Parts parts)
        {
            Merges = parts.Merges;
            WholePieces = parts.WholePieces;
            HashSet<int> added = [.. parts.Added.Select(t => t.Id)];
            for (int id = 0; id < parts.Tokens.Length; id++)
                if (!added.Contains(id))
                    idOfToken.Add(ByteAlphabet.ToText(parts.Tokens[id]), id);
            for (int b = 0; b < 256; b++)
                if (!idOfToken.TryGetValue(ByteAlphabet.ToText([(byte)b]), out idOfByte[b]))
                    throw TokenizerJson.Error(
                        $"its vocabulary lacks the byte 0x{b:X2}, so not every text can be encoded");

            merge = new(parts.Merges.Count);
            for (int rank = 0; rank < parts.Merges.Count; rank++)
            {
                (int left, int right) = parts.Merges[rank];
                string joined = ByteAlphabet.ToText([.. parts.Tokens[left], .. parts.Tokens[right]]);
                if (!idOfToken.TryGetValue(joined, out int id))
                    throw TokenizerJson.Error(
                        $"merge {rank} makes {Foreign.Quote(joined)}, which is not in the vocabulary");
                if (!merge.TryAdd((left, right), (rank, id)))
                    throw TokenizerJson.Error($"merge {rank} stands in the list twice");
            }
        }

        public IReadOnlyList<(int Left, int Right)> Merges { get; }

        public bool WholePieces { get; }

        /// <summary>
        /// The ids of a piece in O(n log n) of its length: a hostile line cannot stall the tokenizer.
        /// </summary>
        public int[] Encode(ReadOnlySpan<byte> bytes)
        {
            if (WholePieces && idOfToken.TryGetValue(ByteAlphabet.ToText(bytes), out int whole))
                return [whole];
            var ids = new int[bytes.Length]; // −1: merged into the token on its left
            var previous = new int[bytes.Length];
            var next = new int[bytes.Length];
            var queue = new PriorityQueue<(int At, int Left, int Right), (int Rank, int At)>();
            for (int i = 0; i < bytes.Length; i++)
                (ids[i], previous[i], next[i]) = (idOfByte[bytes[i]], i - 1, i + 1);
            for (int i = 0; i + 1 < ids.Length; i++)
                Offer(i);

            int count = ids.Length;
            while (queue.TryDequeue(out (int At, int Left, int Right) pair, out _))
            {
                (int at, int left, int right) = pair;
                int after = next[at];
                if (ids[at] != left || after == ids.Length || ids[after] != right)
                    continue; // one of the two has been merged since
                ids[at] = merge[(left, right)].Id;
                ids[after] = -1;
                next[at] = next[after];
                if (next[at] < ids.Length)
                    previous[next[at]] = at;
                count--;
                if (previous[at] >= 0)
                    Offer(previous[at]);
                if (next[at] < ids.Length)
                    Offer(at);
            }

            var result = new int[count];
            for (int i = 0, at = 0; i < count; i++, at = next[at])
                result[i] = ids[at];
            return result;

            void Offer(int at)
            {
                (int Left, int Right) pair = (ids[at], ids[next[at]]);
                if (merge.TryGetValue(pair, out (int Rank, int Id) found))
                    queue.Enqueue((at, pair.Left, pair.Right), (found.Rank, at));
            }
        }
    }
}
