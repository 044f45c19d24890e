namespace Nabla.Formulas.Configurations;

/// <summary>Something that has settings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it does, as the end of a sentence.</param>
/// <param name="Entry">The entry of the knowledge base.</param>
internal sealed record Owner(string Name, string Meaning, string Entry);

/// <summary>What people write settings of, in brackets after the name.</summary>
internal static class Owners
{
    private static readonly Dictionary<string, Owner> Known = new Owner[]
    {
        new("AdamW", "each parameter's step is the mean of its gradients over the root of the mean of their squares, "
            + "with weight decay apart from both.", "adamw"),
        new("Adam", "each parameter's step is the mean of its gradients over the root of the mean of their squares.",
            "adam"),
        new("SGD", "each step goes against the gradient, with momentum if that is set.", "sgd"),
        new("RMSprop", "each parameter's step is its gradient over the root of the mean of its squares.", "rmsprop"),
        new("Adagrad", "each parameter's step is its gradient over the root of the sum of its squares.", "adagrad"),
        new("Adafactor", "Adam that keeps only the sums of rows and columns of the squares.", "adafactor"),
        new("Lion", "each parameter's step is the sign of a mean of its gradients.", "lion"),
        new("Muon", "the momentum of a matrix is made orthogonal before the step.", "muon"),
        new("LAMB", "Adam with a step for each layer in proportion to its weights.", "lamb"),
        new("NAdam", "Adam with Nesterov momentum.", "nadam"),
        new("LoraConfig", "a small product of two matrices is trained beside each chosen weight, which stays fixed.",
            "lora"),
        new("TrainingArguments", "settings of a training run.", ""),
        new("CosineAnnealingLR", "the learning rate falls along half a cosine.", "cosine_annealing"),
        new("OneCycleLR", "the learning rate climbs and falls once.", "one_cycle"),
        new("StepLR", "the learning rate drops by a factor now and then.", "step_decay"),
        new("ExponentialLR", "the learning rate falls by the same factor every step.", "exponential_decay"),
        new("LinearLR", "the learning rate moves in a straight line.", "linear_decay"),
        new("ReduceLROnPlateau", "the learning rate drops when the loss stops improving.", ""),
        new("SamplingParams", "how the next token is drawn.", "softmax_temperature"),
        new("GenerationConfig", "how the next token is drawn.", "softmax_temperature"),
        new("GPTConfig", "sizes of a GPT.", ""),
        new("PPOConfig", "settings of PPO.", "ppo_clip"),
        new("GRPOConfig", "settings of GRPO.", "grpo"),
        new("DPOConfig", "settings of DPO.", "dpo"),
    }.ToDictionary(owner => owner.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The owner with this name, also behind a path: <c>torch.optim.AdamW</c>.</summary>
    public static Owner? Find(string name) => Known.GetValueOrDefault(name[(name.LastIndexOf('.') + 1)..]);
}
