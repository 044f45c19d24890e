namespace Nabla.Numerics.Tests;

public class RngCopyTests
{
    [Fact]
    public void A_copy_draws_the_same_numbers_and_leaves_the_original_alone()
    {
        var rng = new Rng(7);
        rng.NextUInt64();
        Rng copy = rng.Copy();
        ulong[] drawn = [copy.NextUInt64(), copy.NextUInt64()];
        new[] { rng.NextUInt64(), rng.NextUInt64() }.ShouldBe(drawn);
        copy.Fork(3).NextUInt64().ShouldBe(rng.Fork(3).NextUInt64());
    }

    [Fact]
    public void Restoring_goes_back_to_a_copy_of_the_same_seed_only()
    {
        var rng = new Rng(7);
        Rng start = rng.Copy();
        ulong first = rng.NextUInt64();
        rng.Restore(start);
        rng.NextUInt64().ShouldBe(first);
        Should.Throw<ArgumentException>(() => rng.Restore(new Rng(8))).Message.ShouldContain("Copy()");
    }
}
