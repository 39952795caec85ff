using MfaPlan.Core.Changes;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Plans;

namespace MfaPlan.Engine.Gating;

/// <summary>Whose gate is judged, and by what.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Stage">The wave.</param>
/// <param name="Wave">Its name in the plan.</param>
/// <param name="Terms">What is asked.</param>
public sealed record GateQuestion(Guid Tenant, StageId Stage, string Wave, GateTerms Terms)
{
    /// <summary>Whether a plan's gate asks what a reading says was asked.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="reading">The reading.</param>
    public static bool Asks(Plan plan, GateReading reading) => reading.Query.IsWatch
        ? plan.Tenant.Id == reading.Query.Tenant && GateTerms.OfWatch(plan).Equals(reading.Query.Terms)
        : StageId.TryParse(reading.Query.Stage)?.WaveName is { } wave && Of(plan, wave) is { } question
        && question.Stage.ToText() == reading.Query.Stage && question.Terms.Equals(reading.Query.Terms) && question.Tenant == reading.Query.Tenant;

    /// <summary>The gate of a wave; null where the plan has no wave of that name.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wave">The name, as the plan writes it.</param>
    public static GateQuestion? Of(Plan plan, string wave)
    {
        if (plan.Rollout is not { } rollout)
        {
            return null;
        }

        for (var index = 0; index < rollout.Waves.Length; index++)
        {
            if (rollout.Waves[index].Name == wave)
            {
                return new GateQuestion(plan.Tenant.Id, StageId.Wave(index, wave), wave, GateTerms.Of(rollout, rollout.Waves[index]));
            }
        }

        return null;
    }
}
