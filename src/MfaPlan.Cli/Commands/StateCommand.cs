using System.CommandLine;
using MfaPlan.Cli.Composition;
using MfaPlan.Cli.Rendering;

namespace MfaPlan.Cli.Commands;

/// <summary><c>state</c>: the keys of a plan's state, rotated or destroyed.</summary>
internal static class StateCommand
{
    public static Command Create(CliHost host) => new("state", CommonOptions.Help(
        "Looks after the keys of a plan's state.", "mfaplan state rotate plan.yaml", "mfaplan state shred plan.yaml"))
    {
        Rotate(host),
        Shred(host),
    };

    private static Command Rotate(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var newKey = new Option<string?>("--new-key")
        {
            Description = "Wrap the data keys with this key from now on: file:PATH (made where it is missing), env:NAME, or vault:IDENTIFIER.",
            HelpName = "KEY",
        };
        var wrapOnly = new Option<bool>("--wrap-only") { Description = "Change the wrapping alone: go on sealing under the same data key." };
        var command = new Command("rotate", CommonOptions.Help(
            "Seals under a new data key from now on, and wraps the data keys anew where --new-key says so or a vault keeps the key. Everything that was sealed "
            + "before stays readable, digests stay as they are; state.json alone is written.",
            "mfaplan state rotate plan.yaml", "mfaplan state rotate plan.yaml --new-key file:next.key")) { plan, newKey, wrapOnly };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var state = States.OpenKeyed(host, loaded);
            var next = parsed.GetValue(newKey) is { } text ? States.NewKey(host, loaded, text, mayMake: !host.IsCi) : null;
            var seal = await state.RotateAsync($"state rotate {loaded.Path}", next, newSeal: !parsed.GetValue(wrapOnly), cancellationToken);
            host.Out.WriteLine(parsed.GetValue(wrapOnly) ? $"Wrapped anew; sealing goes on under data key {seal}." : $"New files are sealed under data key {seal}.");
            if (parsed.GetValue(newKey) is { } named)
            {
                host.Out.WriteLine(
                    $"The state opens with {PlainText.Of(named)} from now on. Put that key where the plan's \"state.key\" names one, or name it there. A plan that "
                    + "is changed is another plan: finish an open run first. Keep the old key as long as you keep copies of state.json from before."
                    + KeptByStorage(loaded));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Shred(CliHost host)
    {
        var plan = CommonOptions.Plan();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask for the tenant's id first." };
        var command = new Command("shred", CommonOptions.Help(
            "Destroys the state's data keys for ever: change sets, with every name and number in them, cannot be read, applied or rolled back any more. "
            + "The journal, which has neither, stays and reads.",
            "mfaplan state shred plan.yaml")) { plan, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var loaded = Workspace.Load(host, parsed.GetRequiredValue(plan));
            var state = States.OpenKeyed(host, loaded);
            if ((await state.ReadAsync(cancellationToken)).OpenRun is { } open)
            {
                throw new CommandFailedException(
                    ExitCodes.Refused, "MFP4005", $"Run {open.Id} is open and needs the keys. Finish it with apply, or close it with apply --abandon, before.");
            }

            if (!parsed.GetValue(yes))
            {
                Confirm(host, loaded.Plan.Tenant.Id);
            }

            await state.ShredAsync($"state shred {loaded.Path}", host.User, cancellationToken);
            host.Out.WriteLine(
                "The data keys are destroyed. status still reads the journal. Copies of state.json from before open with the key that wrapped them: destroy them, "
                + "or that key." + KeptByStorage(loaded));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>What the storage may keep of a <c>state.json</c> that was replaced. The runner neither looks for it nor deletes it.</summary>
    /// <seealso href="https://learn.microsoft.com/azure/storage/blobs/data-protection-overview"/>
    private static string KeptByStorage(LoadedPlan loaded) => loaded.Plan.State.AzureBlob is { } blob
        ? $" The storage account {blob.Account} keeps such copies of its own where blob versioning, soft delete, snapshots or a backup are switched on for it: "
            + $"delete the earlier versions of {blob.Container}/state.json there, or wait until they are deleted by their retention, or destroy the old key."
        : "";

    private static void Confirm(CliHost host, Guid tenant)
    {
        if (!host.IsInteractive)
        {
            throw new CommandFailedException(
                ExitCodes.WrongUsage, "MFP5008", "Nobody is there to be asked before the keys are destroyed. Add --yes, or run it on a terminal.");
        }

        host.Error.Write($"Nothing that was applied can be rolled back afterwards. Type the tenant's id ({tenant:D}) to destroy the keys: ");
        if (!Guid.TryParse(host.In.ReadLine(), out var typed) || typed != tenant)
        {
            throw new CommandFailedException(ExitCodes.Cancelled, "MFP5009", "Not confirmed; nothing was destroyed.");
        }
    }
}
