using Nabla.Learning.Checkpoints;
using Nabla.Numerics;
using static Nabla.Learning.Tests.Checkpoints.SafeTensorsBytes;

namespace Nabla.Learning.Tests.Checkpoints;

/// <summary>Files that were damaged or made to deceive give one clear line.</summary>
public sealed class HostileSafeTensorsTests
{
    private static readonly byte[] Valid = Written(
        [new("layer.weight", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 }), new("layer.bias", [2], new float[] { 7, 8 })]);

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{} x", "not valid JSON")]
    [InlineData("""{"x":1}""", "has no description")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", "lacks its dtype, shape or data_offsets")]
    [InlineData("""{"x":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", "unknown dtype 'F33'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "whole numbers from 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "whole numbers from 0")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", "whole numbers from 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3000000000],"data_offsets":[0,4]}}""", "a size above")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[2000000000,2000000000,2000000000],"data_offsets":[0,4]}}""", "does not fill")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "does not fill its 4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "spans bytes 4 to 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "spans bytes 0 to 8 of 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", "has more than 2 numbers")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", "says its shape twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "its tensors end at byte 0 of 4")]
    [InlineData("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "begins at byte 2, where 0")]
    [InlineData("""
        {"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"y":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}
        """, "begins at byte 2, where 3")]
    [InlineData("""
        {"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"x":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}
        """, "stands twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "stands twice")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "stands twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", "is not a string")]
    [InlineData("""{"__metadata__":{"nabla.sha256":"abc"}}""", "has not 64 digits")]
    [InlineData("""{"\ud800":{}}""", "not valid JSON")]
    [InlineData("""{"x\n\u001b[31m":1}""", "tensor 'x??[31m'")]
    public void A_deceiving_header_is_refused(string json, string says) =>
        MessageOf(Raw(json, 1, 2, 3, 4)).ShouldContain(says);

    [Fact]
    public void More_dimensions_than_any_tensor_has_are_refused()
    {
        string ones = string.Join(",", Enumerable.Repeat("1", 64));
        Open(One("U8", $"[{ones}]", 7)).Dispose();
        MessageOf(One("U8", $"[{ones},1]", 7)).ShouldContain("the shape of tensor 'x' has more than 64 numbers");
    }

    [Fact]
    public void Lengths_are_not_believed()
    {
        MessageOf([1, 2, 3]).ShouldContain("it has 3 bytes");
        MessageOf([255, 255, 255, 255, 255, 255, 255, 255]).ShouldContain("more than the 100000000 allowed");
        MessageOf([64, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']).ShouldContain("claims 64 bytes, and only 2 follow");
        MessageOf([2, 0, 0, 0, 0, 0, 0, 0, (byte)'"', 0xFF]).ShouldContain("not");
    }

    [Fact]
    public void Every_flipped_bit_is_found_or_harmless()
    {
        string contents = Contents(Valid);
        for (int i = 0; i < Valid.Length * 8; i++)
        {
            byte[] altered = [.. Valid];
            altered[i / 8] ^= (byte)(1 << (i % 8));
            ShouldBeRefusedOrSame(altered, contents);
        }
    }

    [Fact]
    public void Every_truncation_is_found()
    {
        for (int length = 0; length < Valid.Length; length++)
            MessageOf(Valid[..length]).ShouldContain("Get or make the file again");
        MessageOf([.. Valid, 0]).ShouldContain("its tensors end at byte 32 of 33");
    }

    [Fact]
    public void Random_damage_is_found_or_harmless()
    {
        string contents = Contents(Valid);
        var rng = new Rng(1);
        for (int trial = 0; trial < 20_000; trial++)
            ShouldBeRefusedOrSame(Damage(Valid, rng), contents);
    }

    [Fact]
    public void Random_damage_without_a_checksum_never_gives_another_error()
    {
        byte[] plain = Raw("""
            {"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
            "b":{"dtype":"BF16","shape":[],"data_offsets":[8,10]}}
            """,
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        var rng = new Rng(2);
        for (int trial = 0; trial < 20_000; trial++)
            ShouldBeRefusedOrSame(Damage(plain, rng), Contents(plain));
    }

    /// <summary>A few bytes changed, removed or repeated, near each other or not.</summary>
    private static byte[] Damage(byte[] file, Rng rng)
    {
        var bytes = new List<byte>(file);
        for (int change = rng.NextInt(4); change >= 0; change--)
        {
            int at = rng.NextInt(bytes.Count), length = Math.Min(1 + rng.NextInt(16), bytes.Count - at);
            switch (rng.NextInt(3))
            {
                case 0:
                    bytes[at] = (byte)rng.NextInt(256);
                    break;
                case 1 when length < bytes.Count:
                    bytes.RemoveRange(at, length);
                    break;
                default:
                    bytes.InsertRange(rng.NextInt(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>
    /// Damage to the checksum's own name hides the other damage, but not that the checksum is missing.
    /// </summary>
    private static void ShouldBeRefusedOrSame(byte[] file, string expected)
    {
        try
        {
            string contents = Contents(file);
            if (!contents.StartsWith(NoChecksum, StringComparison.Ordinal))
                contents.ShouldBe(expected);
        }
        catch (CheckpointException error)
        {
            error.Message.ShouldNotContain("\n");
        }
    }

    private static string MessageOf(byte[] file)
    {
        string message = Should.Throw<CheckpointException>(() => Open(file).Dispose()).Message;
        message.ShouldStartWith("Cannot use 'test.safetensors': ");
        message.Any(char.IsControl).ShouldBeFalse();
        return message;
    }
}
