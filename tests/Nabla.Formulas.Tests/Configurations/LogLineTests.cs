using Nabla.Formulas.Configurations;

namespace Nabla.Formulas.Tests.Configurations;

/// <summary>Lines of logs as the frameworks print them.</summary>
public class LogLineTests
{
    [Theory]
    [InlineData(
        "{'loss': '0.45', 'grad_norm': '0.9', 'rewards/chosen': '0.2', 'rewards/margins': '0.5', 'epoch': '0.3'}",
        "loss grad_norm rewards/chosen rewards/margins epoch")]
    [InlineData("{'eval_loss': 1.98, 'eval_runtime': 12.3, 'eval_samples_per_second': 81.3, 'epoch': 1.0}",
        "eval_loss eval_runtime eval_samples_per_second epoch")]
    [InlineData("1875/1875 [=======>......] - 5s 3ms/step - loss: 0.29 - accuracy: 0.91 - val_loss: 0.19",
        "progress elapsed time_per_step loss accuracy val_loss")]
    [InlineData("Epoch 3/10", "Epoch")]
    [InlineData("Epoch 5:  42%|████▏     | 395/938 [00:05<00:07, 74.21it/s, loss=0.213, v_num=0]",
        "progress elapsed eta it/s Epoch loss v_num")]
    [InlineData("67%|██████▋   | 2010/3000 [12:31<06:10,  2.67it/s]", "progress elapsed eta it/s")]
    [InlineData(" iteration     100/  500 | consumed samples:  5120 | elapsed time per iteration (ms): 812.3 | "
        + "lm loss: 3.2E+00 | params norm: 1021.3 | number of skipped iterations:   0 |",
        "iteration consumed samples elapsed time per iteration lm loss params norm number of skipped iterations")]
    [InlineData("[2023-04-01 10:11:12,123] [INFO] [logging.py:96:log_dist] [Rank 0] step=100, skipped=3, "
        + "lr=[9.65e-06, 9.65e-06], mom=[(0.9, 0.95), (0.9, 0.95)]", "step skipped lr mom")]
    [InlineData("2024-01-01 10:00:00 | INFO | train_inner | epoch 001:    100 / 1102 loss=12.31, nll_loss=11.92, "
        + "ppl=3875.2, wps=31234.1, num_updates=100, gnorm=3.21", "epoch loss nll_loss ppl wps num_updates gnorm")]
    [InlineData("Epoch: [0][ 100/5005]\tTime  0.312 ( 0.401)\tLoss 6.9123 (6.9514)\tAcc@1   0.39 (  0.21)",
        "epoch step Time Loss Acc@1")]
    [InlineData("step: 500, loss: 2.31, ppl: 10.07, tokens/s: 45000", "step loss ppl tokens/s")]
    [InlineData("llama_print_timings: prompt eval time =   512.31 ms /    64 tokens (    8.00 ms per token,   "
        + "124.92 tokens per second)", "prompt eval time tokens ms per token tokens per second")]
    [InlineData("Final estimate: PPL = 5.9061 +/- 0.03306", "PPL")]
    [InlineData("llm_load_print_meta: n_embd           = 4096", "n_embd")]
    public void The_fields_of_a_line_are_found(string line, string names) =>
        string.Join(' ', Explain(line).Values.Select(value => value.Name)).ShouldBe(names);

    [Theory]
    [InlineData("lm loss: 3.2 | params norm: 1021.3 | grad norm: 0.8", "params norm", "norm of the parameters")]
    [InlineData("Test set: Average loss: 0.0312, Accuracy: 9901/10000 (99%)", "Average loss", "held-out loss")]
    [InlineData("2024-01-01 11:00:00 | INFO | valid | epoch 001 | loss 8.912 | ppl 317.8", "loss", "held-out loss")]
    [InlineData("step 3 | loss 2.1 | perplexity: 8.17", "perplexity", "perplexity")]
    public void A_field_is_what_the_line_says_it_is(string line, string name, string title) =>
        Explain(line).Values.First(value => value.Name == name).Title.ShouldBe(title);

    [Theory]
    [InlineData("step 3 | loss 2.0 | lr 0.1", "equally likely tokens")]
    [InlineData("loss: 0.29 - accuracy: 0.91", "equally likely answers")]
    [InlineData("Final estimate: PPL = 5.9 +/- 0.03", "give or take 0.03")]
    public void A_loss_is_said_in_choices_where_it_is_a_cross_entropy(string line, string said) =>
        Explain(line).Reading.ShouldContain(said);

    [Theory]
    [InlineData("epoch 1 loss=12.31, nll_loss=11.92, ppl=3875.2")] // in bits
    [InlineData("loss: 0.45, rewards/chosen: 0.2, rewards/margins: 0.5")]
    [InlineData("epoch 3 - loss: 0.41 - mae: 0.5")]
    public void No_other_loss_is(string line)
    {
        ConfigurationExplanation log = Explain(line);
        log.Reading.ShouldNotContain("equally likely");
        log.Values.First(value => value.Name == "loss").Amounts.ShouldBeEmpty();
    }

    [Fact]
    public void A_time_is_no_perplexity() => (ConfigurationReader.TryExplain(
        "perplexity: 18.22 seconds per pass - ETA 3.32 minutes")?.Values ?? []).ShouldNotContain(value =>
            value.Title == "perplexity");

    [Theory]
    [InlineData("[[[[[[[[[[[[")]
    [InlineData("|||||||||||||||||||||||")]
    [InlineData("100%|")]
    [InlineData("1/2 [====================================================")]
    public void Halves_of_lines_are_left_alone(string text) => ConfigurationReader.TryExplain(text).ShouldBeNull();

    private static ConfigurationExplanation Explain(string text) =>
        ConfigurationReader.TryExplain(text).ShouldNotBeNull();
}
