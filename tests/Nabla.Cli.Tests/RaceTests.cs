using System.Text.Json;
using Nabla.Cli.Race;
using Nabla.Learning.Optimizers;

namespace Nabla.Cli.Tests;

public class RaceTests
{
    [Fact]
    public void A_race_as_JSON_ranks_and_tells_the_whole_way()
    {
        InProcess result = InProcess.Run(
            "race", "--problem", "quadratic", "--optimizers", "sgd,newton,Adam", "--steps", "20", "--json");
        result.ExitCode.ShouldBe(0, result.Errors);
        JsonElement race = result.Json.GetProperty("races")[0];
        race.GetProperty("problem").GetString().ShouldBe("quadratic");
        JsonElement[] results = [.. race.GetProperty("results").EnumerateArray()];
        results.Length.ShouldBe(3);
        JsonElement first = results[0];
        first.GetProperty("optimizer").GetString().ShouldBe("Newton");
        first.GetProperty("steps_to_tolerance").GetInt32().ShouldBeLessThan(5);
        first.GetProperty("distance_to_minimum").GetDouble().ShouldBeLessThan(1e-3);
        foreach (JsonElement one in results)
        {
            one.GetProperty("losses").GetArrayLength().ShouldBe(21);
            one.GetProperty("path")[0][0].GetDouble().ShouldBe(-2.5, "all begin at the same place");
            one.GetProperty("losses")[0].GetDouble().ShouldBe(results[0].GetProperty("losses")[0].GetDouble());
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(40)]
    public void A_terminal_shows_the_race_while_it_goes_on(int columns)
    {
        InProcess result = InProcess.Run(
            InProcess.Terminal(columns), "", "race", "--problem", "quadratic", "--optimizers", "sgd", "--steps", "5");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("arrived");
    }

    [Fact]
    public void Every_optimizer_of_the_library_takes_part_and_gets_lower()
    {
        IEnumerable<string> library = typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).Select(type => type.Name);
        library.Except(Racer.All.Select(racer => racer.Name), StringComparer.Ordinal).ShouldBe(["AdamW"]);
        foreach (RaceProblem problem in RaceProblem.All)
            foreach (Racer racer in Racer.All)
            {
                int steps = problem.Surface is null ? 15 : 60;
                float rate = RaceTuning.RateOf(problem, racer, (steps, 1));
                RaceResult result = RaceRun.Of(problem, racer, rate, (steps, 1));
                result.Diverged.ShouldBeFalse($"{racer.Name} on {problem.Name}");
                result.Losses.Min().ShouldBeLessThan(result.Losses[0], $"{racer.Name} on {problem.Name}");
            }
    }

    [Fact]
    public void The_maps_show_the_functions_that_are_run_down()
    {
        foreach (RaceProblem problem in RaceProblem.All.Where(problem => problem.Surface is not null))
        {
            Surface surface = problem.Surface!;
            surface.Height(surface.Minimum.X, surface.Minimum.Y).ShouldBe(0, 1e-12, problem.Name);
            RaceRun run = new(problem, Racer.All.Single(racer => racer.Name == "Sgd"), 1e-4f, 1);
            for (int step = 0; step < 5; step++)
                run.Step();
            foreach (((double x, double y), double loss) in run.Result.Path.Zip(run.Result.Losses))
                loss.ShouldBe(surface.Height(x, y), 1e-4 * (1 + loss), problem.Name);
        }
    }

    [Fact]
    public void What_diverges_is_named_last()
    {
        RaceProblem problem = RaceProblem.All.Single(problem => problem.Name == "rosenbrock");
        RaceResult wild = RaceRun.Of(problem, Racer.All.Single(racer => racer.Name == "Sgd"), 10, (50, 1)),
            tame = RaceRun.Of(problem, Racer.All.Single(racer => racer.Name == "Sgd"), 1e-4f, (50, 1));
        wild.Diverged.ShouldBeTrue();
        wild.Losses.ShouldAllBe(loss => double.IsFinite(loss));
        RaceResult.Ranked([wild, tame]).ShouldBe([tame, wild]);
        string.Join('\n', RaceTable.Draw(problem, [wild, tame])).ShouldContain("diverged");
    }

    [Fact]
    public void A_network_begins_the_same_for_the_same_seed_and_differs_for_another()
    {
        string One(string seed) => InProcess.Run(
            "race", "--problem", "moons", "--optimizers", "adam,lion", "--steps", "3", "--seed", seed, "--json").Output;
        One("7").ShouldBe(One("7"));
        One("8").ShouldNotBe(One("7"), StringComparer.Ordinal);
    }

    [Fact]
    public void For_people_there_is_a_table_and_a_picture_and_a_plot_if_wanted()
    {
        string folder = Directory.CreateTempSubdirectory("nabla-race-").FullName;
        try
        {
            string file = Path.Combine(folder, "race.svg");
            InProcess result = InProcess.Run(
                "race", "--problem", "beale", "--optimizers", "newton,rprop", "--steps", "100", "--plot", file);
            result.ExitCode.ShouldBe(0, result.Errors);
            result.Output.ShouldContain("1  Newton");
            result.Output.ShouldContain("arrived: from this step on");
            result.Output.ShouldContain("The ways from the start");
            result.Output.ShouldContain("race.svg");
            File.ReadAllText(file).ShouldContain("Beale");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("there is no 'adamm'", "--optimizers", "adam,adamm")]
    [InlineData("--problem takes", "--problem", "hills")]
    [InlineData("--steps is 0", "--steps", "0")]
    public void Wrong_settings_are_named(string message, params string[] options)
    {
        InProcess result = InProcess.Run(["race", .. options]);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(message);
    }
}
