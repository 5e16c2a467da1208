#!/usr/bin/env bash
# The matrix of a fleet as a Slurm array: one task a slice, and a job that joins them when all are done.
#
#   SHARDS=64
#   array=$(sbatch --parsable --array=1-"$SHARDS" slurm-array.sh fleet.yaml matrix.csv)
#   SHARDS=$SHARDS sbatch --dependency=afterok:"$array" slurm-array.sh fleet.yaml matrix.csv join
#
# Spec and output have to be on a file system that all nodes see. The output ends in .csv or .json.
#SBATCH --job-name=crabwalk
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --time=04:00:00
set -euo pipefail

spec=${1:?name the spec}
output=${2:?name the file to write, .csv or .json}
step=${3:-slice}

ending=${output##*.}
parts="$output.parts"

case $step in
  slice)
    number=${SLURM_ARRAY_TASK_ID:?start it with sbatch --array=1-N}
    shards=${SLURM_ARRAY_TASK_COUNT:?start it with sbatch --array=1-N}
    mkdir -p "$parts"
    # The slice is there whole or not at all; the job's memory is its cgroup's, which crabwalk reads.
    crabwalk matrix "$spec" --shard "$number/$shards" -o "$parts/$number.$ending" \
      --jobs "${SLURM_CPUS_PER_TASK:-1}"
    ;;
  join)
    shards=${SHARDS:?say how many slices there are: SHARDS=N}
    for number in $(seq "$shards"); do
      cat "$parts/$number.$ending"
    done > "$parts/joined"
    mv "$parts/joined" "$output"
    rm -r "$parts"
    ;;
  *)
    echo "the third word is \`join\`, or nothing" >&2
    exit 2
    ;;
esac
