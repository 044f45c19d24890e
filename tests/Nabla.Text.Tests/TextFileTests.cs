using System.Text;
using Nabla.Text.Corpora;

namespace Nabla.Text.Tests;

public sealed class TextFileTests
{
    [Fact]
    public void Text_comes_back_as_it_was_written_without_a_byte_order_mark()
    {
        const string text = "a\r\nb é 漢 🦙\n\n";
        TextFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x").ShouldBe(text);
        TextFile.Read(new MemoryStream([0xEF, 0xBB, 0xBF, (byte)'a']), "x").ShouldBe("a");
    }

    [Theory]
    [InlineData(new byte[] { }, "x.txt is empty. Give a file with text.")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF }, "x.txt is empty. Give a file with text.")]
    [InlineData(new byte[] { 97, 98, 0, 99 },
        "x.txt is not text: byte 2 is zero, as in binary files. Give a plain text file in UTF-8.")]
    [InlineData(new byte[] { 0xFF, 0xFE, 97, 0 }, "x.txt is UTF-16. Save it as UTF-8.")]
    [InlineData(
        new byte[] { 97, 0xC3, 0xA9, 0xE9, 98 }, "x.txt is not valid UTF-8 at byte 3 (0xE9). Save it as UTF-8.")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 97, 0xF0, 0x9F },
        "x.txt is not valid UTF-8 at byte 4 (0xF0). Save it as UTF-8.")]
    public void What_is_not_text_is_named(byte[] bytes, string message) =>
        Should.Throw<TextException>(() => TextFile.Read(new MemoryStream(bytes), "x.txt")).Message.ShouldBe(message);

    [Fact]
    public void Missing_files_and_folders_are_named()
    {
        Should.Throw<TextException>(() => TextFile.Read("/no/such/file"))
            .Message.ShouldStartWith("/no/such/file does not exist.");
        Should.Throw<TextException>(() => TextFile.Read(Path.GetTempPath())).Message.ShouldContain("is a folder");
        Should.Throw<TextException>(() => TextFile.Read("")).Message.ShouldContain("cannot be read");
    }
}
