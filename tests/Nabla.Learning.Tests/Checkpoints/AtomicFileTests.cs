using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Tests.Checkpoints;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Writing_makes_the_folder_and_replaces_the_file()
    {
        string path = Path.Combine(folder["new"], "deep", "file.txt");
        AtomicFile.WriteText(path, "one, longer");
        AtomicFile.WriteText(path, "two");
        File.ReadAllText(path).ShouldBe("two");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public void What_an_interrupted_write_left_is_cleared_by_the_next_one()
    {
        File.WriteAllText(
            folder["file"] + AtomicFile.TemporarySuffix, "left behind by kill -9, longer than what comes");
        AtomicFile.WriteText(folder["file"], "whole");
        File.ReadAllText(folder["file"]).ShouldBe("whole");
        folder.Names.ShouldBe(["file"]);
    }

    [Fact]
    public void A_failing_writer_leaves_the_old_file_and_nothing_else()
    {
        AtomicFile.WriteText(folder["file"], "old");
        Should.Throw<InvalidOperationException>(() => AtomicFile.Write(folder["file"], stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));
        File.ReadAllText(folder["file"]).ShouldBe("old");
        folder.Names.ShouldBe(["file"]);
    }

    [Fact]
    public void A_full_disk_is_said_in_one_line_and_the_old_file_stays()
    {
        const int LinuxNoSpace = 28;
        AtomicFile.WriteText(folder["file"], "old");
        string message =
            MessageOf(() => AtomicFile.Write(folder["file"], _ => throw new IOException("No space", LinuxNoSpace)));
        message.ShouldContain("the disk is full. Free some space");
        message.ShouldContain(folder["file"]);
        File.ReadAllText(folder["file"]).ShouldBe("old");
        folder.Names.ShouldBe(["file"]);
    }

    [Fact]
    public void A_folder_in_the_way_is_said_in_one_line()
    {
        Directory.CreateDirectory(folder["file"]);
        MessageOf(() => AtomicFile.WriteText(folder["file"], "x")).ShouldContain("a folder has that name");
        folder.Names.ShouldBe(["file"]);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_said_in_one_line()
    {
        File.WriteAllText(folder["file"], "");
        MessageOf(() => AtomicFile.WriteText(Path.Combine(folder["file"], "below"), "x"))
            .ShouldContain("Choose another folder");
        if (OperatingSystem.IsLinux())
            MessageOf(() => AtomicFile.WriteText("/proc/nabla/file", "x")).ShouldContain("Choose another folder");
    }

    [Fact]
    public void Two_writers_at_once_do_not_mix_their_bytes() =>
        AtomicFile.Write(folder["file"], stream =>
        {
            stream.WriteByte(1);
            MessageOf(() => AtomicFile.WriteText(folder["file"], "second")).ShouldContain("nothing else writes there");
        });

    private static string MessageOf(Action action)
    {
        string message = Should.Throw<CheckpointException>(action).Message;
        message.ShouldNotContain("\n");
        return message;
    }
}
