using FsCheck;
using FsCheck.Fluent;
using Nabla.Text.Tokenizers;

namespace Nabla.Text.Tests;

public sealed class TokenizerLawTests
{
    private static readonly BpeTokenizer Bpe = BpeTrainer.Train(
        Samples.Prose, new() { VocabularySize = 400 });

    private static readonly CharTokenizer Chars = CharTokenizer.Train(Samples.Prose + "é🦙", AddedToken.EndOfText);

    // FsCheck's strings are mostly ASCII; any sequence of UTF-16 units includes every lone and paired surrogate.
    private static readonly Arbitrary<string> AnyString = Gen.OneOf(
        Gen.Choose(0, 0xFFFF), Gen.Choose(0xD7F0, 0xE00F), Gen.Choose(' ', '~'),
        Gen.Elements<int>(' ', '\n', '\'', 's'))
        .ArrayOf().Select(units => string.Concat(units.Select(u => (char)u))).ToArbitrary();

    public static TheoryData<string> Nasty =>
        [.. Samples.Nasty, "\uD800", "a\uDFFFb", "\uDC00\uD800", "\uD83E\uD83E\uDD99", "\uD83E<|endoftext|>\uDD99"];

    [Fact]
    public void Learning_and_encoding_stop_when_they_are_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        var trainer = new BpeTrainer(new() { VocabularySize = 300 });
        Should.Throw<OperationCanceledException>(() => trainer.Add(Samples.Prose, cancelled));
        trainer.Add(Samples.Prose);
        Should.Throw<OperationCanceledException>(() => trainer.Train(cancelled));
        Should.Throw<OperationCanceledException>(() => BpeTrainer.Train(Samples.Prose, null, cancelled));
        foreach (Tokenizer tokenizer in (Tokenizer[])[trainer.Train(), CharTokenizer.Train(Samples.Prose)])
            Should.Throw<OperationCanceledException>(() => tokenizer.EncodeOrdinary(Samples.Prose, cancelled));
    }

    [Fact]
    public void Bpe_decodes_to_what_was_encoded_for_any_string() => Prop.ForAll(AnyString, text =>
        Bpe.Decode(Bpe.Encode(text)) == text && Bpe.Decode(Bpe.EncodeOrdinary(text)) == text)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Characters_decode_to_what_was_encoded_for_any_string_of_them()
    {
        Arbitrary<string> known = Gen.Choose(0, Chars.VocabularySize - 1).ArrayOf()
            .Select(ids => string.Concat(ids.Select(id => Chars.Decode([id])))).ToArbitrary();
        Prop.ForAll(known, text => Chars.Decode(Chars.Encode(text)) == text).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Nasty))]
    public void Bpe_decodes_to_what_was_encoded(string text)
    {
        Bpe.Decode(Bpe.Encode(text)).ShouldBe(text);
        Bpe.Decode(Bpe.EncodeOrdinary(text)).ShouldBe(text);
    }

    [Fact]
    public void Streaming_gives_the_same_text_as_decoding_at_once_for_any_ids()
    {
        Arbitrary<int[]> anyIds = Gen.Choose(0, Bpe.VocabularySize - 1).ArrayOf().ToArbitrary();
        Prop.ForAll(anyIds, ids =>
        {
            StreamingDecoder decoder = Bpe.Stream();
            string streamed = string.Concat(ids.Select(decoder.Add)) + decoder.Flush();
            return streamed == Bpe.Decode(ids);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Streaming_holds_a_character_back_until_it_is_complete()
    {
        int[] ids = Bpe.Encode("🦙");
        ids.Length.ShouldBe(4, "the training text has no llama, so each of its bytes is a token");
        StreamingDecoder decoder = Bpe.Stream();
        ids.Select(decoder.Add).ShouldBe(["", "", "", "🦙"]);
        decoder.Add(ids[0]).ShouldBe("");
        decoder.Flush().ShouldBe("\uFFFD");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_tokenizer_loads_as_the_same_tokenizer(bool characters)
    {
        Tokenizer saved = characters ? Chars : Bpe;
        Tokenizer loaded = Reload(saved);
        loaded.GetType().ShouldBe(saved.GetType());
        loaded.VocabularySize.ShouldBe(saved.VocabularySize);
        loaded.EndOfText.ShouldBe(saved.EndOfText);
        loaded.AddedTokens.ShouldBe(saved.AddedTokens);
        for (int id = 0; id < saved.VocabularySize; id++)
            loaded.TokenBytes(id).ToArray().ShouldBe(saved.TokenBytes(id).ToArray());
        loaded.Encode(Samples.Prose).ShouldBe(saved.Encode(Samples.Prose));
        Bytes(loaded).ShouldBe(Bytes(saved));
    }

    [Fact]
    public void Bytes_of_tokens_add_up_to_the_bytes_of_the_text()
    {
        const string text = "ähnlich 🦙 it's <|endoftext|>";
        int bytes = System.Text.Encoding.UTF8.GetByteCount(text);
        Bpe.CountBytes(Bpe.EncodeOrdinary(text)).ShouldBe(bytes);
        Bpe.CountBytes(Bpe.Encode(text)).ShouldBe(bytes - AddedToken.EndOfText.Length, "a mark is not text");
        Bpe.DecodeBytes(Bpe.Encode(text)).ShouldBe(System.Text.Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void The_end_of_text_is_one_token_unless_the_text_is_ordinary()
    {
        Bpe.Encode("a<|endoftext|>b").ShouldBe([.. Bpe.Encode("a"), Bpe.EndOfText!.Value, .. Bpe.Encode("b")]);
        Bpe.EncodeOrdinary("<|endoftext|>").ShouldNotContain(Bpe.EndOfText!.Value);
        Chars.Encode("a<|endoftext|>").ShouldBe([.. Chars.Encode("a"), Chars.EndOfText!.Value]);
    }

    [Fact]
    public void Characters_get_ids_in_the_order_of_their_code_points()
    {
        CharTokenizer chars = CharTokenizer.Train("🦙\nzebra é");
        string.Concat(Enumerable.Range(0, chars.VocabularySize).Select(id => chars.Decode([id])))
            .ShouldBe("\n aberzé🦙");
        chars.Encode("a🦙").ShouldBe([2, 8]);
        chars.EndOfText.ShouldBeNull();
    }

    [Theory]
    [InlineData("is empty", "")]
    [InlineData("is given twice", "<s>", "<s>")]
    [InlineData("is also the ordinary token", "a")]
    public void Special_tokens_that_could_not_be_told_apart_are_refused(string problem, params string[] special)
    {
        Should.Throw<ArgumentException>(() => CharTokenizer.Train("abc", special)).Message.ShouldContain(problem);
        Should.Throw<ArgumentException>(
            () => BpeTrainer.Train("abc", new() { VocabularySize = 300, SpecialTokens = special }))
            .Message.ShouldContain(problem);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_special_token() =>
        Should.Throw<ArgumentException>(() => CharTokenizer.Train("abc", "<\ud800>"))
            .Message.ShouldContain("no valid Unicode");

    [Fact]
    public void An_unknown_character_is_named_with_its_place_and_the_remedy()
    {
        string message = Should.Throw<TextException>(() => CharTokenizer.Train("abc").Encode("ab🦙c")).Message;
        message.ShouldBe(
            "The character '🦙' (U+1F999) at position 2 is not among the 3 characters of this vocabulary. " +
            "Remove it, train on text that has it, or use a byte-level BPE tokenizer.");
        Should.Throw<TextException>(() => CharTokenizer.Train("")).Message.ShouldContain("empty");
        Should.Throw<TextException>(() => CharTokenizer.Train("a\uD800")).Message.ShouldContain("position 1");
    }

    [Fact]
    public void Token_text_shows_what_cannot_be_seen()
    {
        Bpe.TokenText(Bpe.Encode("\n")[0]).ShouldBe("\\n");
        Bpe.TokenText(Bpe.Encode("🦙")[0]).ShouldBe("\\xF0");
        Bpe.TokenText(Bpe.EndOfText!.Value).ShouldBe("<|endoftext|>");
        Should.Throw<ArgumentOutOfRangeException>(() => Bpe.TokenText(9999))
            .Message.ShouldContain($"0 … {Bpe.VocabularySize - 1}");
    }

    private static byte[] Bytes(Tokenizer tokenizer)
    {
        using var stream = new MemoryStream();
        tokenizer.Save(stream);
        return stream.ToArray();
    }

    private static Tokenizer Reload(Tokenizer tokenizer) => Tokenizer.Load(new MemoryStream(Bytes(tokenizer)));
}
