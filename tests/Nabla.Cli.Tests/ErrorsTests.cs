using Nabla.Language.Models;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Training;
using Nabla.Text;

namespace Nabla.Cli.Tests;

public class ErrorsTests
{
    public static TheoryData<Exception> WhatTheUserCanPutRight =>
    [
        new UsageException("do it"), new TextException("do it"),
        new TrainingException("do it"), new ModelException("do it"),
        new CheckpointException("do it"), new ArithmeticException("do it"), new IOException("do it"),
        new UnauthorizedAccessException("do it"), new InsufficientMemoryException("do it"),
    ];

    [Theory]
    [MemberData(nameof(WhatTheUserCanPutRight))]
    public void Known_errors_end_with_2_and_one_line(Exception error)
    {
        (int code, string message) = Errors.Explain(error);
        code.ShouldBe(2);
        message.ShouldNotContain('\n');
        message.ShouldNotContain("Parameter");
    }

    public static TheoryData<Exception> WhatNablaHasToPutRight =>
    [
        new InvalidOperationException("a\nb"), new ArgumentException("a\nb", "x"), new DivideByZeroException("a\nb"),
        new OverflowException("a\nb"),
    ];

    [Theory]
    [MemberData(nameof(WhatNablaHasToPutRight))]
    public void Other_errors_end_with_1_and_ask_for_a_run_with_debug(Exception error)
    {
        (int code, string message) = Errors.Explain(error);
        code.ShouldBe(1);
        message.ShouldContain("--debug");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void Control_characters_of_a_message_do_not_reach_the_terminal() =>
        Errors.Explain(new TextException("bad \e[31m file")).Message.ShouldBe("bad ␛[31m file");
}
