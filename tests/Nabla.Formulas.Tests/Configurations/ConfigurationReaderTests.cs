using Nabla.Formulas.Configurations;
using Nabla.Formulas.Knowledge;

namespace Nabla.Formulas.Tests.Configurations;

public class ConfigurationReaderTests
{
    [Fact]
    public void Explains_an_optimizer_and_what_its_values_amount_to()
    {
        ConfigurationExplanation adam = Explain("AdamW(betas=(0.9, 0.95), warmup_steps=2000, grad_clip=1.0)");
        adam.Title.ShouldBe("Settings of AdamW");
        adam.Values.Select(value => value.Name).ShouldBe(["betas", "warmup_steps", "grad_clip"]);
        adam.Values[0].Amounts.ShouldContain("about the last 20 steps");
        adam.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AdamW(", "lr=1,", ")")]
    [InlineData("", "--lr 1 ", "")]
    public void More_settings_than_anybody_writes_are_refused(string before, string setting, string after)
    {
        ConfigurationReader.TryExplain(before + string.Concat(Enumerable.Repeat(setting, 500)) + after)
            .ShouldNotBeNull().Values.Count.ShouldBe(500);
        Should.Throw<FormulaException>(() => ConfigurationReader.TryExplain(
            before + string.Concat(Enumerable.Repeat(setting, 20_000)) + after)).Message.ShouldContain("5000");
    }

    [Theory]
    [InlineData("torch.optim.AdamW(model.parameters(), lr=3e-4, weight_decay=0.1)", "lr weight_decay")]
    [InlineData("AdamW(betas=(0.9, 0.95), lr=3e-4, weight_decay=0.1, warmup_steps=2000)",
        "betas lr weight_decay warmup_steps")]
    [InlineData("AdamW(betas=(0.9, 0.95)), warmup_steps, grad_clip", "betas warmup_steps grad_clip")]
    [InlineData("n_layer = 12\nn_head = 12 # heads\nn_embd = 768\nbatch_size = 12\n",
        "n_layer n_head n_embd batch_size")]
    [InlineData("learning_rate: 6e-4\nwarmup_iters: 2000\nmin_lr: 6e-5", "learning_rate warmup_iters min_lr")]
    [InlineData("{\"learningRate\": 0.001, \"numEpochs\": 3}", "learningRate numEpochs")]
    [InlineData("gradient_accumulation_steps = 5 * 8", "gradient_accumulation_steps")]
    [InlineData("warmup_steps=2000", "warmup_steps")]
    [InlineData("LoraConfig(r=8, lora_alpha=16, target_modules=[\"q_proj\", \"v_proj\"])",
        "r lora_alpha target_modules")]
    public void Reads_settings_as_people_write_them(string text, string names) =>
        string.Join(' ', Explain(text).Values.Select(value => value.Name)).ShouldBe(names);

    [Theory]
    [InlineData("lr=3e-4 batch_size=32 weight_decay=0.1 dropout=0.1", "lr batch_size weight_decay dropout")]
    [InlineData("lr=3e-4, batch_size=32, weight_decay=0.1, dropout=0.1", "lr batch_size weight_decay dropout")]
    [InlineData("batch_size=32 dropout=0.1 epochs=3", "batch_size dropout epochs")]
    [InlineData("temperature=0.7 top_p=0.9 top_k=40", "temperature top_p top_k")]
    [InlineData("Conv2d(3, 64, kernel_size=7, stride=2, padding=3)",
        "in_channels out_channels kernel_size stride padding")]
    [InlineData("nn.Conv2d(3, 64, (7, 7))", "in_channels out_channels kernel_size")]
    [InlineData("Conv2D(32, 3, activation='relu')", "filters kernel_size activation")]
    [InlineData("BatchNorm2d(64)", "num_features")]
    [InlineData("torch.nn.MultiheadAttention(512, 8, dropout=0.1)", "embed_dim num_heads dropout")]
    [InlineData("TransformerEncoderLayer(d_model=512, nhead=8)", "d_model nhead")]
    [InlineData("Dropout(0.5)", "p")]
    [InlineData("LSTM(10, 20, 2)", "input_size hidden_size num_layers")]
    public void Settings_on_one_line_and_layers_lose_nothing(string text, string names)
    {
        ConfigurationExplanation found = Explain(text);
        string.Join(' ', found.Values.Select(value => value.Name)).ShouldBe(names);
        found.Kind.ShouldBe(ConfigurationKind.Settings);
        found.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("LayerNorm(x)")]
    [InlineData("LayerNorm(x + Dropout(y))")]
    [InlineData("Dropout(x, p)")]
    [InlineData("LSTM(x, h)")]
    [InlineData("Linear(x) = W x + b")]
    [InlineData("y=a x=3")]
    [InlineData("T = 5 x = 3")]
    public void Layers_of_what_is_no_number_are_formulas(string text) =>
        ConfigurationReader.TryExplain(text).ShouldBeNull();

    [Fact]
    public void Related_entries_of_layers_exist() => Array.ForEach(
        ["Linear(3, 4)", "Conv2d(3, 4, 5)", "BatchNorm2d(3)", "LayerNorm(3)", "RMSNorm(3)", "GroupNorm(3, 6)",
            "Dropout(0.1)", "MultiheadAttention(8, 2)", "Dense(10)"],
        layer => Explain(layer).Related.ShouldAllBe(id => KnowledgeBase.Find(id) != null));

    [Theory]
    [InlineData("step 1200 | loss 3.21 | lr 2.9e-4 | grad_norm 0.8", "step loss lr grad_norm")]
    [InlineData("iter 1200: loss 3.2100, time 135.10ms, mfu 38.20%", "iter loss time mfu")]
    [InlineData("step 2000: train loss 3.1012, val loss 3.2000", "step train loss val loss")]
    [InlineData("{'loss': 2.31, 'grad_norm': 0.7, 'learning_rate': 4.9e-05, 'epoch': 0.12}",
        "loss grad_norm learning_rate epoch")]
    [InlineData("Epoch 3/10 - loss: 0.5213 - accuracy: 0.8234 - val_loss: 0.61 - val_accuracy: 0.80",
        "Epoch loss accuracy val_loss val_accuracy")]
    [InlineData("step 100/20000 | loss 6.26 | norm 1.5 | lr 8.6e-05 | 190000 tok/s", "step loss norm lr tok/s")]
    public void Reads_lines_of_training_logs(string line, string names)
    {
        ConfigurationExplanation log = Explain(line);
        log.Kind.ShouldBe(ConfigurationKind.LogLine);
        string.Join(' ', log.Values.Select(value => value.Name)).ShouldBe(names);
    }

    [Fact]
    public void Says_what_a_loss_is_in_perplexity_and_bits()
    {
        ConfigurationExplanation log = Explain("step 1200 | loss 3.21 | lr 2.9e-4 | grad_norm 0.8");
        log.Reading.ShouldBe("At step 1200; the training loss is 3.21 nats, as if choosing among 24.8 equally likely "
            + "tokens; the gradient has length 0.8, below the usual clipping at 1.");
        log.Values[1].Amounts.ShouldContain("4.63 bits");
    }

    [Theory]
    [InlineData("step 5 | loss nan | grad_norm inf", "diverged")]
    [InlineData("step 9 | loss 1.0 | val_loss 1.5", "50 %")]
    [InlineData("AdamW(lr=0)", "nothing is learned")]
    [InlineData("AdamW(beta1=1.5)", "[0, 1)")]
    [InlineData("n_embd = 100\nn_head = 12", "12 heads")]
    [InlineData("warmup_steps=500\nmax_steps=100", "never reaches")]
    [InlineData("AdamW(lr=0.1, frobnicate=3)", "frobnicate")]
    public void Warns_of_values_that_cannot_be_meant(string text, string says) =>
        string.Join(' ', Explain(text).Warnings).ShouldContain(says);

    [Theory]
    [InlineData("y = w x + b")]
    [InlineData("T = 5")]
    [InlineData("f(x) = x^2")]
    [InlineData("softmax(QK^T/sqrt(d_k))V")]
    [InlineData("L = - sum_{k=1 to K} y_k * log P(y = k | x)")]
    [InlineData("theta = theta - eta * grad_theta L")]
    [InlineData("out = floor((W - K + 2P) / S) + 1")]
    [InlineData("precision = TP / (TP + FP)")]
    [InlineData("loss = 0.5 * (y - 3)^2")]
    [InlineData("PPL = exp(H(p, q))")]
    [InlineData("{1, 2, 3}")]
    [InlineData("r = 3")]
    [InlineData("2 + 2 = 4")]
    [InlineData("L = 3, W = 4")]
    [InlineData("-x + 3")]
    public void Leaves_formulas_alone(string formula) => ConfigurationReader.TryExplain(formula).ShouldBeNull();

    [Fact]
    public void Explains_a_command_line_of_llm_c()
    {
        ConfigurationExplanation run = Explain(
            "./train_gpt2cu -i train.bin -e \"d12\" -b 64 -t 1024 -d 524288 -l 0.0006 -u 700");
        run.Reading.ShouldContain("64 × 1024 = 65536 tokens, an update 8 of them");
        run.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Counts_a_model_from_its_configuration()
    {
        ConfigurationExplanation llama = Explain("""
            {"model_type": "llama", "vocab_size": 32000, "hidden_size": 4096, "intermediate_size": 11008,
             "num_hidden_layers": 32, "num_attention_heads": 32, "max_position_embeddings": 4096}
            """);
        llama.Reading.ShouldStartWith("A llama model of 6,738,415,616 parameters; 13.5 GB in 16 bits");
        llama.Model!.Cache.Bytes(4096, 16).ShouldBe(2147483648);
    }

    [Fact]
    public void Every_rule_that_a_term_names_exists_and_no_name_stands_twice()
    {
        Term[] terms = [.. Glossary.Settings.Terms, .. Glossary.Metrics.Terms];
        terms.Select(term => term.Rule).Where(rule => rule.Length > 0).Except(ValueRules.Names, StringComparer.Ordinal)
            .ShouldBeEmpty();
        terms.Where(term => term.Title.Length == 0 || !term.Meaning.EndsWith('.')).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"model_type\": 3}")]
    [InlineData("((((((")]
    [InlineData("AdamW(")]
    [InlineData("AdamW(betas=(0.9, 0.95)")]
    [InlineData("=,=,=")]
    [InlineData("loss loss loss 3 3 3")]
    [InlineData("{\"model_type\": \"\\ud800\", \"n_embd\": 3}")]
    [InlineData("{\"\\ud800\": 1, \"model_type\": \"gpt2\"}")]
    public void Odd_text_is_explained_or_left_alone(string text) =>
        Should.NotThrow(() => ConfigurationReader.TryExplain(text));

    [Fact]
    public void Long_words_and_long_gaps_are_looked_through_once() =>
        ConfigurationReader.TryExplain(new string('a', 990) + new string(' ', 990) + "|").ShouldBeNull();

    private static ConfigurationExplanation Explain(string text) =>
        ConfigurationReader.TryExplain(text).ShouldNotBeNull();
}
